package io.leeway.policy;

import static io.leeway.policy.PathType.FLAG;
import static io.leeway.policy.PathType.NUMBER;
import static io.leeway.policy.PathType.TEXT;

import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.Path.EvidenceAge;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of what conditions may ask of a proposal. A path that is not here does not exist; nothing that a cell says
 * can add one. Domain attributes are asked for by {@code action.text("x")} and its kin, and declared on a
 * {@code Vocabulary} sheet.
 */
public final class Vocabulary {
    private static final Pattern CALL = Pattern.compile("([A-Za-z][A-Za-z.]*)\\s*(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile("\\s*\"([^\"]*)\"\\s*(,|$)");

    private static final Map<String, Definition> DEFINITIONS = definitions();

    private Vocabulary() {}

    /**
     * One line of the vocabulary.
     *
     * @param path as a snippet spells it, with example arguments: {@code evidence.staleAfter("name", "PT15M")}
     * @param unit {@code ""} when it has none
     */
    public record Entry(String path, PathType type, String unit, String meaning) {}

    /** What became of a path that somebody wrote. */
    public sealed interface Lookup {}

    /** It exists. */
    public record Found(Path path) implements Lookup {}

    /** It does not; the message says what was found and what is allowed. */
    public record Refused(Reason reason, String message) implements Lookup {}

    /** Why a path is refused. */
    public enum Reason {
        UNKNOWN_PATH,
        WRONG_ARGUMENTS,
        BAD_DURATION
    }

    /** A function's parameter: its name in the documentation, and whether it is a duration. */
    private record Parameter(String example, boolean duration) {}

    /** The values that make sense as a limit. */
    private record Limits(
            @Nullable BigDecimal lowest,
            @Nullable BigDecimal highest,
            @Nullable Pattern words) {
        static final Limits ANY = new Limits(null, null, null);
        static final Limits NOT_NEGATIVE = new Limits(BigDecimal.ZERO, null, null);
        static final Limits FRACTION = new Limits(BigDecimal.ZERO, BigDecimal.ONE, null);

        static Limits words(String pattern) {
            return new Limits(null, null, Pattern.compile(pattern));
        }
    }

    private record Definition(
            String name,
            PathType type,
            String unit,
            String meaning,
            Limits limits,
            List<Parameter> parameters,
            Function<List<String>, Function<Proposal, @Nullable Object>> reader) {
        String template() {
            return canonical(name, parameters.stream().map(Parameter::example).toList());
        }
    }

    /** Every path, in the order of the documentation. */
    public static List<Entry> entries() {
        return DEFINITIONS.values().stream()
                .map(it -> new Entry(it.template(), it.type(), it.unit(), it.meaning()))
                .toList();
    }

    /** The type of a path by its name without arguments, null when there is none of that name. */
    public static @Nullable PathType typeOf(String name) {
        Definition definition = DEFINITIONS.get(name);
        return definition == null ? null : definition.type();
    }

    /** Looks up a path as text, {@code action.amount} or {@code evidence.schema("charge.record")}. */
    public static Lookup parse(String text) {
        Matcher call = CALL.matcher(text.strip());
        if (!call.matches()) {
            return unknown(text.strip());
        }
        List<String> arguments = call.group(2) == null ? List.of() : arguments(call.group(2));
        return arguments == null
                ? new Refused(
                        Reason.WRONG_ARGUMENTS, "`" + text.strip() + "` does not read as a call: quote each argument")
                : path(call.group(1), arguments);
    }

    /** Looks up a path by its name and its arguments without quotes. */
    public static Lookup path(String name, List<String> arguments) {
        Definition definition = DEFINITIONS.get(name);
        if (definition == null) {
            return unknown(name);
        }
        List<Parameter> parameters = definition.parameters();
        if (arguments.size() != parameters.size()) {
            return new Refused(
                    Reason.WRONG_ARGUMENTS,
                    "`" + canonical(name, arguments) + "` has the wrong number of arguments, write `"
                            + definition.template() + "`");
        }
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.isBlank() || argument.indexOf('"') >= 0) {
                return new Refused(
                        Reason.WRONG_ARGUMENTS, "an argument of `" + name + "` is blank, or has a quote inside");
            }
            if (parameters.get(i).duration() && IsoDuration.parse(argument) == null) {
                return new Refused(
                        Reason.BAD_DURATION, "`" + argument + "` is not a duration such as `PT15M` or `P2D`");
            }
        }
        EvidenceAge age =
                name.equals("evidence.staleAfter") ? new EvidenceAge(arguments.get(0), arguments.get(1)) : null;
        return new Found(new Path(
                canonical(name, arguments),
                definition.type(),
                definition.reader().apply(List.copyOf(arguments)),
                age));
    }

    /** The name of the domain attribute that the path reads, null when it reads none. */
    public static @Nullable String attributeOf(Path path) {
        String name = nameOf(path);
        boolean reads = name.equals("action.text") || name.equals("action.number") || name.equals("action.flag");
        return reads ? path.text().substring(name.length() + 2, path.text().length() - 2) : null;
    }

    /** What is wrong with a number as a limit of the path, null when nothing is. */
    public static @Nullable String problemWith(Path path, BigDecimal limit) {
        Limits limits = limits(path);
        BigDecimal lowest = limits.lowest();
        BigDecimal highest = limits.highest();
        boolean low = lowest != null && limit.compareTo(lowest) < 0;
        boolean high = highest != null && limit.compareTo(highest) > 0;
        if (!low && !high) {
            return null;
        }
        String range = highest == null ? "is never negative" : "lies between " + lowest + " and " + highest;
        return "`" + limit.toPlainString() + "` is out of range: `" + path.text() + "` " + range;
    }

    /** What is wrong with a text as a value of the path, null when nothing is. */
    public static @Nullable String problemWith(Path path, String value) {
        Pattern words = limits(path).words();
        if (words == null || words.matcher(value).matches()) {
            return null;
        }
        return switch (nameOf(path)) {
            case "action.currency" -> "`" + value + "` is not a currency of three capital letters such as `USD`";
            case "agent.stage" ->
                "`" + value + "` is not a stage, write one of " + stages(", ")
                        + Suggestion.didYouMean(
                                value,
                                Arrays.stream(Stage.values()).map(Enum::name).toList());
            default ->
                "`" + value + "` is not one value of `" + path.text() + "`: for several use `forall(||){" + path.text()
                        + " == \"$\"}`";
        };
    }

    private static Limits limits(Path path) {
        Definition definition = DEFINITIONS.get(nameOf(path));
        return definition == null ? Limits.ANY : definition.limits();
    }

    private static String nameOf(Path path) {
        int bracket = path.text().indexOf('(');
        return bracket < 0 ? path.text() : path.text().substring(0, bracket);
    }

    private static Refused unknown(String name) {
        return new Refused(
                Reason.UNKNOWN_PATH, "unknown path `" + name + "`" + Suggestion.didYouMean(name, DEFINITIONS.keySet()));
    }

    private static @Nullable List<String> arguments(String text) {
        Matcher matcher = ARGUMENT.matcher(text);
        List<String> arguments = new ArrayList<>();
        int end = 0;
        boolean more = true;
        while (more && matcher.find(end) && matcher.start() == end) {
            arguments.add(matcher.group(1));
            end = matcher.end();
            more = matcher.group(2).equals(",");
        }
        return more || end != text.length() ? null : arguments;
    }

    private static String canonical(String name, List<String> arguments) {
        return arguments.isEmpty()
                ? name
                : arguments.stream().collect(Collectors.joining("\", \"", name + "(\"", "\")"));
    }

    private static String stages(String separator) {
        return Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining(separator));
    }

    private static Map<String, Definition> definitions() {
        Map<String, Definition> all = new LinkedHashMap<>();
        String word = "[^,\\s]+";
        actions(all, word);
        plain(
                all,
                "agent.id",
                TEXT,
                "",
                "who proposes",
                Limits.words(word),
                p -> p.agent().id());
        plain(
                all,
                "agent.operator",
                TEXT,
                "",
                "who answers for the agent; empty when absent",
                Limits.ANY,
                p -> p.agent().operator());
        plain(
                all,
                "agent.stage",
                TEXT,
                "",
                "what the agent has earned for this action type: " + stages(", "),
                Limits.words(stages("|")),
                p -> p.agent().stage());
        plain(
                all,
                "subject.type",
                TEXT,
                "",
                "what kind of business object is acted on",
                Limits.words(word),
                p -> p.subject().type());
        plain(
                all,
                "subject.id",
                TEXT,
                "",
                "which business object is acted on",
                Limits.ANY,
                p -> p.subject().id());
        evidence(all);
        plain(
                all,
                "trace.depth",
                NUMBER,
                "steps",
                "causal depth: 0 without a cause",
                Limits.NOT_NEGATIVE,
                p -> p.trace().depth());
        plain(
                all,
                "trace.repeats",
                NUMBER,
                "times",
                "how often the same action recurred in the trace",
                Limits.NOT_NEGATIVE,
                p -> p.trace().repeats());
        return all;
    }

    private static void actions(Map<String, Definition> all, String word) {
        plain(
                all,
                "action.type",
                TEXT,
                "",
                "what the agent proposes to do, such as `billing.adjust`",
                Limits.words(word),
                p -> p.action().type());
        plain(
                all,
                "action.currency",
                TEXT,
                "ISO 4217",
                "the currency of the amount; empty without one",
                Limits.words("[A-Z]{3}"),
                p -> p.action().currency());
        plain(
                all,
                "action.amount",
                NUMBER,
                "action.currency",
                "the amount; absent when the action moves no money",
                Limits.NOT_NEGATIVE,
                p -> p.action().amount());
        plain(
                all,
                "action.confidence",
                NUMBER,
                "0..1",
                "how sure the agent is; unknown counts as 0",
                Limits.FRACTION,
                p -> p.action().confidence());
        plain(
                all,
                "action.reversible",
                FLAG,
                "",
                "whether it can be undone; absent matches nothing",
                Limits.ANY,
                p -> p.action().reversible());
        List<Parameter> name = List.of(new Parameter("x", false));
        add(
                all,
                new Definition(
                        "action.text",
                        TEXT,
                        "",
                        "a domain attribute that the vocabulary declares",
                        Limits.ANY,
                        name,
                        arguments -> attribute(arguments, (p, it) -> p.action().text(it))));
        add(
                all,
                new Definition(
                        "action.number",
                        NUMBER,
                        "as declared",
                        "a domain attribute that the vocabulary declares",
                        Limits.ANY,
                        name,
                        arguments -> attribute(arguments, (p, it) -> p.action().number(it))));
        add(
                all,
                new Definition(
                        "action.flag",
                        FLAG,
                        "",
                        "a domain attribute that the vocabulary declares",
                        Limits.ANY,
                        name,
                        arguments -> attribute(arguments, (p, it) -> p.action().flag(it))));
    }

    private static void evidence(Map<String, Definition> all) {
        List<Parameter> name = List.of(new Parameter("name", false));
        add(
                all,
                new Definition(
                        "evidence.staleAfter",
                        FLAG,
                        "",
                        "that evidence is missing, undated, older than the limit, future-dated or of another schema",
                        Limits.ANY,
                        List.of(new Parameter("name", false), new Parameter("PT15M", true)),
                        Vocabulary::staleAfter));
        add(
                all,
                new Definition(
                        "evidence.schema",
                        TEXT,
                        "",
                        "the schema of that evidence; empty when missing",
                        Limits.ANY,
                        name,
                        arguments ->
                                attribute(arguments, (p, it) -> p.evidence().schema(it))));
        add(
                all,
                new Definition(
                        "evidence.verified",
                        FLAG,
                        "",
                        "signed by a registered source, or fetched by the service",
                        Limits.ANY,
                        name,
                        arguments ->
                                attribute(arguments, (p, it) -> p.evidence().verified(it))));
        plain(
                all,
                "evidence.oldestSeconds",
                NUMBER,
                "s",
                "age of the oldest evidence; absent when there is none",
                Limits.NOT_NEGATIVE,
                p -> p.evidence().oldestSeconds());
        plain(
                all,
                "evidence.count",
                NUMBER,
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

    /** Reads one named thing of a proposal. */
    private interface Named {
        @Nullable
        Object read(Proposal proposal, String name);
    }

    private static Function<Proposal, @Nullable Object> attribute(List<String> arguments, Named named) {
        String name = arguments.get(0);
        return proposal -> named.read(proposal, name);
    }

    private static void plain(
            Map<String, Definition> all,
            String name,
            PathType type,
            String unit,
            String meaning,
            Limits limits,
            Function<Proposal, @Nullable Object> read) {
        add(all, new Definition(name, type, unit, meaning, limits, List.of(), arguments -> read));
    }

    private static void add(Map<String, Definition> all, Definition definition) {
        all.put(definition.name(), definition);
    }
}
