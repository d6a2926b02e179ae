package io.leeway.policy;

import static io.leeway.policy.PathType.FLAG;
import static io.leeway.policy.PathType.NUMBER;
import static io.leeway.policy.PathType.TEXT;

import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.PathDefinition.Kind;
import io.leeway.policy.PathDefinition.Limits;
import io.leeway.policy.PathDefinition.Parameter;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths that exist, in the order of the documentation. A new path is one more entry here. */
final class PathCatalogue {
    /** The days of the week as texts, Monday first. */
    static final List<String> WEEKDAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .toList();

    private static final Parameter ZONE = new Parameter("Europe/Berlin", Kind.ZONE);

    /** Every path by its name. */
    static final Map<String, PathDefinition> ALL = all();

    private static final String DECLARED = "a domain attribute that a Vocabulary sheet declares";

    private PathCatalogue() {}

    /** Reads one named thing of a proposal. */
    private interface Named {
        @Nullable
        Object read(Proposal proposal, String name);
    }

    private static final class Entries {
        private final Map<String, PathDefinition> all = new LinkedHashMap<>();

        void text(String name, String meaning, Limits limits, Function<Proposal, @Nullable Object> read) {
            add(new PathDefinition(name, TEXT, "", meaning, limits, List.of(), (arguments, scope) -> read));
        }

        void number(
                String name, String unit, String meaning, Limits limits, Function<Proposal, @Nullable Object> read) {
            add(new PathDefinition(name, NUMBER, unit, meaning, limits, List.of(), (arguments, scope) -> read));
        }

        void named(PathType type, String name, String example, String meaning, Named read) {
            List<Parameter> parameters = List.of(new Parameter(example, Kind.NAME));
            add(new PathDefinition(name, type, "", meaning, Limits.ANY, parameters, (arguments, scope) -> {
                String argument = arguments.get(0);
                return proposal -> read.read(proposal, argument);
            }));
        }

        void add(PathDefinition definition) {
            all.put(definition.name(), definition);
        }
    }

    private static Map<String, PathDefinition> all() {
        Entries entries = new Entries();
        action(entries);
        entries.text("agent.id", "who proposes", Limits.WORD, p -> p.agent().id());
        entries.text(
                "agent.operator",
                "who answers for the agent; empty when absent",
                Limits.ANY,
                p -> p.agent().operator());
        entries.text(
                "agent.onBehalfOf",
                "the principal that the agent acts for; empty when absent",
                Limits.ANY,
                p -> p.agent().onBehalfOf());
        Limits stages =
                Limits.words(Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining("|")));
        entries.text(
                "agent.stage",
                "what the agent has earned for this action type",
                stages,
                p -> p.agent().stage());
        entries.text(
                "subject.type",
                "what kind of business object is acted on",
                Limits.WORD,
                p -> p.subject().type());
        entries.text(
                "subject.id",
                "which business object is acted on",
                Limits.ANY,
                p -> p.subject().id());
        entries.named(
                TEXT, "subject.text", "x", DECLARED, (p, name) -> p.subject().text(name));
        entries.named(
                NUMBER,
                "subject.number",
                "x",
                DECLARED,
                (p, name) -> p.subject().number(name));
        entries.named(
                FLAG, "subject.flag", "x", DECLARED, (p, name) -> p.subject().flag(name));
        evidence(entries);
        ActivityPaths.all().forEach(entries::add);
        entries.number(
                "trace.depth",
                "steps",
                "causal depth; 0 without a cause",
                Limits.NOT_NEGATIVE,
                p -> p.trace().depth());
        entries.number(
                "trace.repeats",
                "times",
                "how often the same action recurred in the trace",
                Limits.NOT_NEGATIVE,
                p -> p.trace().repeats());
        now(entries);
        return entries.all;
    }

    private static void action(Entries entries) {
        entries.text(
                "action.type",
                "what the agent proposes to do, such as `billing.adjust`",
                Limits.WORD,
                p -> p.action().type());
        entries.text(
                "action.currency",
                "the currency of the amount, ISO 4217; empty without one",
                Limits.words("[A-Z]{3}"),
                p -> p.action().currency());
        entries.number(
                "action.amount",
                "action.currency",
                "the amount; absent when the action moves no money",
                Limits.NOT_NEGATIVE,
                p -> p.action().amount());
        entries.number(
                "action.confidence",
                "0..1",
                "how sure the agent is; unknown counts as 0",
                Limits.FRACTION,
                p -> p.action().confidence());
        entries.add(new PathDefinition(
                "action.reversible",
                FLAG,
                "",
                "whether it can be undone; absent matches nothing",
                Limits.ANY,
                List.of(),
                (arguments, scope) -> p -> p.action().reversible()));
        entries.named(
                TEXT, "action.text", "x", DECLARED, (p, name) -> p.action().text(name));
        entries.named(
                NUMBER, "action.number", "x", DECLARED, (p, name) -> p.action().number(name));
        entries.named(
                FLAG, "action.flag", "x", DECLARED, (p, name) -> p.action().flag(name));
        entries.add(new PathDefinition(
                "action.ratio",
                NUMBER,
                "",
                "one number attribute divided by another, or by `amount` as the action's amount, to 12 places; absent when one"
                        + " is absent or the second is 0",
                Limits.ANY,
                List.of(new Parameter("amount", Kind.NAME), new Parameter("original", Kind.NAME)),
                (arguments, scope) -> p -> p.action().ratio(arguments.get(0), arguments.get(1))));
        entries.add(new PathDefinition(
                "action.amountIn",
                NUMBER,
                "",
                "the amount in that currency, by the version's `Rates`; absent when no rate is valid",
                Limits.NOT_NEGATIVE,
                List.of(new Parameter("EUR", Kind.CURRENCY)),
                (arguments, scope) ->
                        p -> amountIn(p, arguments.get(0), scope.bound().rates())));
    }

    private static @Nullable BigDecimal amountIn(Proposal proposal, String currency, Rates rates) {
        BigDecimal amount = proposal.action().amount();
        LocalDate day = LocalDate.ofInstant(proposal.now(), ZoneOffset.UTC);
        BigDecimal rate = rates.on(day, proposal.action().currency(), currency);
        return amount == null || rate == null ? null : amount.multiply(rate);
    }

    private static void now(Entries entries) {
        entries.add(new PathDefinition(
                "now.weekday",
                TEXT,
                "",
                "the day of the decision, in the sheet's time zone or the one that is named",
                Limits.words(String.join("|", WEEKDAYS)),
                List.of(ZONE),
                (arguments, scope) -> {
                    ZoneId zone = ZoneId.of(arguments.get(0));
                    return p -> WEEKDAYS.get(p.now().atZone(zone).getDayOfWeek().ordinal());
                }));
        entries.add(new PathDefinition(
                "now.time",
                NUMBER,
                "h",
                "the time of the decision as hours since midnight, 17.5 for 17:30, in the sheet's time zone or the one that is"
                        + " named",
                Limits.DAY,
                List.of(ZONE),
                (arguments, scope) -> {
                    ZoneId zone = ZoneId.of(arguments.get(0));
                    return p -> ClockTime.hours(p.now().atZone(zone).toLocalTime());
                }));
        entries.add(new PathDefinition(
                "now.calendar",
                FLAG,
                "",
                "whether that day is named by the version's `Calendars`, in the sheet's time zone or the one that is named",
                Limits.ANY,
                List.of(new Parameter("month-end", Kind.CALENDAR), ZONE),
                (arguments, scope) -> {
                    String calendar = arguments.get(0);
                    ZoneId zone = ZoneId.of(arguments.get(1));
                    return p -> scope.bound().calendars().includes(calendar, LocalDate.ofInstant(p.now(), zone));
                }));
    }

    private static void evidence(Entries entries) {
        entries.add(new PathDefinition(
                "evidence.staleAfter",
                FLAG,
                "",
                "that evidence is missing, undated, older than the limit, future-dated or of another schema",
                Limits.ANY,
                List.of(new Parameter("name", Kind.NAME), new Parameter("PT15M", Kind.DURATION)),
                (arguments, scope) -> staleAfter(arguments)));
        entries.named(
                TEXT,
                "evidence.schema",
                "name",
                "its schema; empty when missing",
                (p, name) -> p.evidence().schema(name));
        entries.named(
                FLAG,
                "evidence.verified",
                "name",
                "signed by a registered source, or fetched by the service",
                (p, name) -> p.evidence().verified(name));
        entries.number(
                "evidence.oldestSeconds",
                "s",
                "age of the oldest evidence; absent when there is none",
                Limits.NOT_NEGATIVE,
                p -> p.evidence().oldestSeconds());
        entries.number(
                "evidence.count",
                "items",
                "how many pieces of evidence there are",
                Limits.NOT_NEGATIVE,
                p -> p.evidence().count());
    }

    private static Function<Proposal, @Nullable Object> staleAfter(List<String> arguments) {
        String name = arguments.get(0);
        Duration limit = Duration.parse(arguments.get(1));
        return proposal -> proposal.evidence().staleAfter(name, limit);
    }
}
