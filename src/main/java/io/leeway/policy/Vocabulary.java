package io.leeway.policy;

import io.leeway.model.Action;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Stage;
import io.leeway.policy.Path.EvidenceAge;
import io.leeway.policy.PathDefinition.Kind;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
    /** What an attribute's name begins with where attributes of the action and of the subject stand side by side. */
    public static final String SUBJECT = "subject.";

    private static final Set<String> ATTRIBUTES =
            Set.of("action.text", "action.number", "action.flag", "subject.text", "subject.number", "subject.flag");
    private static final Pattern ARGUMENT = Pattern.compile("\\s*\"([^\"]*)\"\\s*(,|$)");

    private static final String UTC = "UTC";

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
        BAD_DURATION,
        UNKNOWN_CALENDAR
    }

    /** Every path, in the order of the documentation. */
    public static List<Entry> entries() {
        return PathCatalogue.ALL.values().stream()
                .map(it -> new Entry(it.template(), it.type(), it.unit(), it.meaning()))
                .toList();
    }

    /** The type of a path by its name without arguments, null when there is none of that name. */
    public static @Nullable PathType typeOf(String name) {
        PathDefinition definition = PathCatalogue.ALL.get(name);
        return definition == null ? null : definition.type();
    }

    /** A name with arguments, as somebody wrote it: not looked up yet. */
    public record Call(String name, List<String> arguments) {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Takes a path apart without looking it up; null when it does not read as a name with arguments. */
    public static @Nullable Call call(String text) {
        Matcher call = CALL.matcher(text.strip());
        if (!call.matches()) {
            return null;
        }
        List<String> arguments = call.group(2) == null ? List.of() : arguments(call.group(2));
        return arguments == null ? null : new Call(call.group(1), arguments);
    }

    /** The unit of a path by its name without arguments, {@code ""} when it has none. */
    public static String unitOf(String name) {
        PathDefinition definition = PathCatalogue.ALL.get(name);
        return definition == null ? "" : definition.unit();
    }

    /** Whether the parameter of a path, counted from 0, is a duration. */
    public static boolean takesDuration(String name, int parameter) {
        PathDefinition definition = PathCatalogue.ALL.get(name);
        if (definition == null || parameter >= definition.parameters().size()) {
            return false;
        }
        Kind kind = definition.parameters().get(parameter).kind();
        return kind == Kind.DURATION || kind == Kind.WINDOW;
    }

    /** An argument that suits the parameter of a path, counted from 0. */
    public static String exampleOf(String name, int parameter) {
        PathDefinition definition = PathCatalogue.ALL.get(name);
        return definition != null && parameter < definition.parameters().size()
                ? definition.parameters().get(parameter).example()
                : "x";
    }

    /** The days of the week as {@code now.weekday} spells them, Monday first. */
    public static List<String> weekdays() {
        return PathCatalogue.WEEKDAYS;
    }

    /** Looks up the spelling alone: what the path reads of a version's own sheets it cannot read. */
    public static Lookup parse(String text) {
        return parse(text, PathScope.UNBOUND);
    }

    /** Looks up a path as text, {@code action.amount} or {@code evidence.schema("charge.record")}. */
    public static Lookup parse(String text, PathScope scope) {
        Matcher call = CALL.matcher(text.strip());
        if (!call.matches()) {
            return unknown(text.strip());
        }
        List<String> arguments = call.group(2) == null ? List.of() : arguments(call.group(2));
        return arguments == null
                ? new Refused(
                        Reason.WRONG_ARGUMENTS, "`" + text.strip() + "` does not read as a call: quote each argument")
                : path(call.group(1), arguments, scope);
    }

    /** Looks up a path by its name and its arguments without quotes. */
    public static Lookup path(String name, List<String> arguments, PathScope scope) {
        PathDefinition definition = PathCatalogue.ALL.get(name);
        if (definition == null) {
            return unknown(name);
        }
        List<PathDefinition.Parameter> parameters = definition.parameters();
        if (arguments.size() < definition.least() || arguments.size() > parameters.size()) {
            return new Refused(
                    Reason.WRONG_ARGUMENTS,
                    "`" + definition.call(arguments) + "` has the wrong number of arguments, write `"
                            + definition.template() + "`");
        }
        for (int i = 0; i < arguments.size(); i++) {
            Refused refused = PathArguments.refused(name, parameters.get(i).kind(), arguments.get(i), scope);
            if (refused != null) {
                return refused;
            }
        }
        EvidenceAge age =
                name.equals("evidence.staleAfter") ? new EvidenceAge(arguments.get(0), arguments.get(1)) : null;
        List<String> spelled = new ArrayList<>(arguments.subList(0, definition.least()));
        List<String> whole = new ArrayList<>(spelled);
        if (definition.isZoned()) {
            boolean named = arguments.size() == parameters.size();
            String zone = named ? arguments.get(definition.least()) : id(scope.zone());
            whole.add(zone);
            if (!zone.equals(UTC) && hangsOnZone(name, spelled)) {
                spelled.add(zone);
            }
        }
        String text = definition.call(spelled);
        ActivityQuery activity = ActivityPaths.areAsked(name) ? ActivityPaths.query(name, text, whole) : null;
        return new Found(new Path(
                text,
                definition.type(),
                activity == null ? definition.reader().of(List.copyOf(whole), scope) : ActivityPaths.read(activity),
                age,
                activity));
    }

    /** A window that slides is the same everywhere. */
    private static boolean hangsOnZone(String name, List<String> arguments) {
        return !ActivityPaths.areAsked(name) || ActivityPaths.isCalendar(arguments.get(arguments.size() - 1));
    }

    private static String id(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? UTC : zone.getId();
    }

    /** The name under which the domain attribute that the path reads is declared, null when it reads none. */
    public static @Nullable String attributeOf(Path path) {
        String name = nameOf(path);
        return ATTRIBUTES.contains(name)
                ? path.text().substring(name.length() + 2, path.text().length() - 2)
                : null;
    }

    /**
     * The name under which an {@code Actions} sheet lists that attribute, {@code channel} of the action, {@code subject.tier}
     * of the subject; null when the path reads none.
     */
    public static @Nullable String listedAttributeOf(Path path) {
        String name = attributeOf(path);
        return name == null || !path.text().startsWith(SUBJECT) ? name : SUBJECT + name;
    }

    /** The names under which the domain attributes that the path reads are declared: one, two for a ratio, or none. */
    public static List<String> attributesOf(Path path) {
        String name = attributeOf(path);
        return name != null
                ? List.of(name)
                : partsOf(path).stream().filter(it -> !it.equals(Action.AMOUNT)).toList();
    }

    /** What a ratio divides, and by what: number attributes of the action, or {@code amount}; empty for any other path. */
    public static List<String> partsOf(Path path) {
        Call call = nameOf(path).equals("action.ratio") ? call(path.text()) : null;
        return call == null ? List.of() : call.arguments();
    }

    /** What is wrong with a number as a limit of the path, null when nothing is. */
    public static @Nullable String problemWith(Path path, BigDecimal limit) {
        PathDefinition.Limits limits = limits(path);
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
            case "now.weekday" ->
                "`" + value + "` is not a day of the week, write one of " + String.join(", ", weekdays())
                        + Suggestion.didYouMean(value, weekdays());
            case "agent.stage" ->
                "`" + value + "` is not a stage, write one of " + stages()
                        + Suggestion.didYouMean(
                                value,
                                Arrays.stream(Stage.values()).map(Enum::name).toList());
            default ->
                "`" + value + "` is not one value of `" + path.text() + "`: for several use `forall(||){" + path.text()
                        + " == \"$\"}`";
        };
    }

    private static PathDefinition.Limits limits(Path path) {
        PathDefinition definition = PathCatalogue.ALL.get(nameOf(path));
        return definition == null ? PathDefinition.Limits.ANY : definition.limits();
    }

    private static String nameOf(Path path) {
        int bracket = path.text().indexOf('(');
        return bracket < 0 ? path.text() : path.text().substring(0, bracket);
    }

    private static Refused unknown(String name) {
        return new Refused(
                Reason.UNKNOWN_PATH,
                "unknown path `" + name + "`" + Suggestion.didYouMean(name, PathCatalogue.ALL.keySet()));
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

    private static String stages() {
        return Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
