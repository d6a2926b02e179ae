package io.leeway.policy;

import static io.leeway.policy.PathType.FLAG;
import static io.leeway.policy.PathType.NUMBER;

import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.ActivityWindow;
import io.leeway.model.ActivityWindow.Calendar;
import io.leeway.model.ActivityWindow.Sliding;
import io.leeway.model.ActivityWindow.Unit;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.policy.PathDefinition.Kind;
import io.leeway.policy.PathDefinition.Limits;
import io.leeway.policy.PathDefinition.Parameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The paths that ask what was lately done. Each counts the action itself as done. */
public final class ActivityPaths {
    private static final String COUNT = "activity.count";
    private static final String EXPOSURE = "activity.exposure";
    private static final String AGENTS = "activity.agents";
    private static final String RECENTLY = "activity.recently";
    private static final String RETURNS = "activity.returns";

    private static final Map<String, Measure> MEASURES = Map.of(
            COUNT, Measure.COUNT,
            EXPOSURE, Measure.EXPOSURE,
            AGENTS, Measure.AGENTS,
            RECENTLY, Measure.RECENTLY,
            RETURNS, Measure.RETURNS);

    /** Of all that are looked at, with this action, the first two can be no coming back. */
    public static final BigDecimal MOST_RETURNS = BigDecimal.valueOf(ActivityQuery.MOST_PRIOR - 1L);

    private static final Parameter ZONE = new Parameter("Europe/Berlin", Kind.ZONE);

    private ActivityPaths() {}

    /** Their places in the catalogue; what they read is filled in by {@link #read}. */
    static List<PathDefinition> all() {
        Parameter scope = new Parameter("agent", Kind.SCOPE);
        Parameter subject = new Parameter("subject", Kind.SHARED_SCOPE);
        return List.of(
                definition(
                        COUNT,
                        NUMBER,
                        "decisions",
                        "recorded decisions of any mode in the window, this one included; scopes are "
                                + words(Stream.of(Scope.values())),
                        scope,
                        new Parameter("PT10M", Kind.WINDOW)),
                definition(
                        EXPOSURE,
                        NUMBER,
                        "action.currency",
                        "money of permits that were used, or still can be, in the action's currency, this action included; dated"
                                + " at the permit",
                        scope,
                        new Parameter("PT24H", Kind.WINDOW)),
                definition(
                        AGENTS,
                        NUMBER,
                        "agents",
                        "distinct agents that got a permit in the window, this one included; scopes are "
                                + words(Stream.of(Scope.values()).filter(Scope::isShared)),
                        subject,
                        new Parameter("P7D", Kind.WINDOW)),
                definition(
                        RECENTLY,
                        FLAG,
                        "",
                        "whether an action of that type got a permit in the window",
                        subject,
                        new Parameter("payment.delay", Kind.NAME),
                        new Parameter("P7D", Kind.WINDOW)),
                definition(
                        RETURNS,
                        NUMBER,
                        "times",
                        "how often an agent came back after another one had acted, among the last "
                                + ActivityQuery.MOST_PRIOR
                                + " permits in the window and this action, so " + MOST_RETURNS
                                + " at most: A B A is 1, A B A B"
                                + " is 2, A A A and A B C are 0; scopes are "
                                + words(Stream.of(Scope.values()).filter(Scope::isShared)),
                        subject,
                        new Parameter("P7D", Kind.WINDOW)));
    }

    private static PathDefinition definition(
            String name, PathType type, String unit, String meaning, Parameter... parameters) {
        List<Parameter> all =
                Stream.concat(Stream.of(parameters), Stream.of(ZONE)).toList();
        Limits limits = type != NUMBER
                ? Limits.ANY
                : name.equals(RETURNS) ? new Limits(BigDecimal.ZERO, MOST_RETURNS, null) : Limits.NOT_NEGATIVE;
        return new PathDefinition(name, type, unit, meaning, limits, all, (arguments, scope) -> proposal -> {
            throw new IllegalStateException(name + " is read by what it asks");
        });
    }

    /** Whether the path asks for activity. */
    static boolean areAsked(String name) {
        return MEASURES.containsKey(name);
    }

    /**
     * The question.
     *
     * @param text its canonical spelling
     * @param arguments checked, with the time zone
     */
    static ActivityQuery query(String name, String text, List<String> arguments) {
        Measure measure = Objects.requireNonNull(MEASURES.get(name));
        int last = arguments.size() - 1;
        return new ActivityQuery(
                text,
                measure,
                Scope.of(arguments.get(0)).orElseThrow(),
                measure == Measure.RECENTLY ? arguments.get(1) : "",
                window(arguments.get(last - 1), ZoneId.of(arguments.get(last))).orElseThrow());
    }

    /** Reads the answer, with what the action itself adds to it. */
    static Function<Proposal, @Nullable Object> read(ActivityQuery query) {
        return switch (query.measure()) {
            case COUNT, AGENTS ->
                proposal -> proposal.activity().of(query).number().add(BigDecimal.ONE);
            case EXPOSURE -> proposal -> exposure(query, proposal);
            case RECENTLY -> proposal -> proposal.activity().of(query).number().signum() > 0;
            case RETURNS -> proposal -> proposal.activity().of(query).number();
            case PRIOR -> throw new IllegalArgumentException("`" + query.text() + "` is asked by no path");
        };
    }

    /** Absent for an action without money, unless a test says what it is. */
    private static @Nullable BigDecimal exposure(ActivityQuery query, Proposal proposal) {
        BigDecimal amount = proposal.action().amount();
        Activity activity = proposal.activity();
        BigDecimal before = activity.of(query).number();
        if (amount == null) {
            return activity.knows(query) ? before : null;
        }
        return Numbers.normal(before.add(amount));
    }

    /**
     * The activity under which a path has that value.
     *
     * @param value of the path's type
     * @param activity whose other answers are kept
     * @param amount of the action, which exposure counts in; null when it has none
     */
    public static Activity given(ActivityQuery query, Object value, Activity activity, @Nullable BigDecimal amount) {
        BigDecimal own = amount == null ? BigDecimal.ZERO : amount;
        BigDecimal number = switch (query.measure()) {
            case COUNT, AGENTS -> ((BigDecimal) value).subtract(BigDecimal.ONE);
            case EXPOSURE -> ((BigDecimal) value).subtract(own);
            case RECENTLY -> Boolean.TRUE.equals(value) ? BigDecimal.ONE : BigDecimal.ZERO;
            case RETURNS, PRIOR -> (BigDecimal) value;
        };
        return activity.with(query, new Activity.Before(number, List.of()));
    }

    /** What was there before, in words; null when that would say nothing more. */
    static @Nullable String detail(ActivityQuery query, Proposal proposal) {
        Activity.Before before = proposal.activity().of(query);
        String number = Numbers.normal(before.number()).toPlainString();
        return switch (query.measure()) {
            case COUNT -> number + " before this one";
            case EXPOSURE -> (number + " " + proposal.action().currency()).stripTrailing() + " before this action";
            case AGENTS -> others(number);
            case RECENTLY, RETURNS, PRIOR -> named(before.decisions());
        };
    }

    private static String others(String number) {
        return number.equals("1") ? "1 other" : number + " others";
    }

    /** The decisions in words; null for none. */
    static @Nullable String named(List<PriorDecision> decisions) {
        return decisions.isEmpty()
                ? null
                : decisions.stream().map(ActivityPaths::named).collect(Collectors.joining(", "));
    }

    private static String named(PriorDecision decision) {
        return "decision " + decision.id() + " by `" + decision.agent() + "` at " + decision.at();
    }

    /** The window that is spelled so; empty when none is. */
    static Optional<ActivityWindow> window(String text, ZoneId zone) {
        Optional<ActivityWindow> calendar = Stream.of(Unit.values())
                .filter(unit -> word(unit).equals(text))
                .map(unit -> (ActivityWindow) new Calendar(unit, zone))
                .findFirst();
        Duration length = calendar.isPresent() ? null : IsoDuration.parse(text);
        return length == null || fault(length) != null ? calendar : Optional.of(new Sliding(length));
    }

    /** What is wrong with a window as somebody spelled it, null when nothing is. */
    static @Nullable String windowFault(String text) {
        if (window(text, ZoneId.of("UTC")).isPresent()) {
            return null;
        }
        Duration length = IsoDuration.parse(text);
        return "`" + text + "` "
                + (length == null ? "is no window such as `PT10M`, `P7D`, `day`, `month` or `quarter`" : fault(length));
    }

    private static @Nullable String fault(Duration length) {
        if (length.compareTo(ActivityWindow.LONGEST) > 0) {
            return "is longer than the longest window, `P31D`; `quarter` looks back to the start of the quarter";
        }
        int seconds = new Sliding(length).buckets().seconds();
        if (length.getSeconds() % seconds == 0) {
            return null;
        }
        return seconds == 60
                ? "is longer than an hour, and then has to be in whole minutes"
                : "is longer than a day, and then has to be in whole hours";
    }

    /** Whether the window hangs on a time zone. */
    static boolean isCalendar(String window) {
        return Stream.of(Unit.values()).anyMatch(unit -> word(unit).equals(window));
    }

    private static String word(Unit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    static String words(Stream<Scope> scopes) {
        return scopes.map(scope -> "`" + scope.word() + "`").collect(Collectors.joining(", "));
    }
}
