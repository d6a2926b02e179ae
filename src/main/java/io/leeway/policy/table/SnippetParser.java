package io.leeway.policy.table;

import io.leeway.policy.Numbers;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.table.ConditionSnippet.Comparison;
import io.leeway.policy.table.ConditionSnippet.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads condition snippets: a closed grammar of comparisons joined by {@code ,}. Everything else is refused. */
final class SnippetParser {
    private static final Pattern FORALL = Pattern.compile("forall\\s*\\(\\s*(\\|\\||&&)\\s*\\)\\s*\\{(.*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");
    private static final Pattern OPERATOR = Pattern.compile("str\\s*\\[[^\\]]*]|[A-Za-z]+|[=!<>~&|?:+*/%^-]+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern BARE = Pattern.compile("[^\\s,\"(){}=<>]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(param|[1-9])");

    private final String text;
    private int at;

    private SnippetParser(String text) {
        this.text = text;
    }

    /** Reads a snippet that stands there. */
    static ConditionSnippet parse(String snippet, PathScope scope) throws SnippetException {
        return parse(snippet).in(scope);
    }

    /** Reads a snippet by its spelling alone. */
    static ConditionSnippet parse(String snippet) throws SnippetException {
        String text = snippet.strip();
        if (Wording.hasSmartQuotes(text)) {
            throw bad("smart quotes in `" + text + "`, type straight ones");
        }
        Matcher forall = FORALL.matcher(text);
        if (forall.matches()) {
            Operator operator = forall.group(1).equals("||") ? Operator.IN : Operator.NOT_IN;
            return new SnippetParser(forall.group(2)).list(operator);
        }
        if (text.startsWith("forall")) {
            throw bad(
                    "`" + text + "` is not of the form `" + form(Operator.IN) + "` or `" + form(Operator.NOT_IN) + "`");
        }
        return new SnippetParser(text).comparisons();
    }

    /** How a list is written: one of them, or none of them. */
    private static String form(Operator operator) {
        return operator == Operator.IN ? "forall(||){<path> == \"$\"}" : "forall(&&){<path> != \"$\"}";
    }

    private ConditionSnippet list(Operator list) throws SnippetException {
        Target target = target();
        String operator = operator();
        skipSpace();
        if (!operator.equals(list == Operator.IN ? "==" : "!=")
                || !text.substring(at).strip().equals("\"$\"")
                || target.type() != PathType.TEXT) {
            throw bad("a list is of the form `" + form(list) + "`, with a path of type text");
        }
        if (target.path() == null) {
            throw bad("a list cannot take arguments from its cell");
        }
        Comparison comparison =
                new Comparison(target.name(), PathType.TEXT, target.arguments(), target.path(), list, new Slot(0, ""));
        return new ConditionSnippet(List.of(comparison), ConditionSnippet.WHOLE);
    }

    private ConditionSnippet comparisons() throws SnippetException {
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(comparison());
        while (peek() == ',') {
            at++;
            comparisons.add(comparison());
        }
        if (at < text.length()) {
            throw bad("`" + text.substring(at) + "` after a comparison, expected `,` or nothing");
        }
        return new ConditionSnippet(comparisons, arity(comparisons));
    }

    private Comparison comparison() throws SnippetException {
        Target target = target();
        Operator operator = allowed(operator(), target);
        Slot operand = operand(target);
        return new Comparison(target.name(), target.type(), target.arguments(), target.path(), operator, operand);
    }

    private record Target(
            String name,
            PathType type,
            List<Slot> arguments,
            @Nullable Path path) {}

    private Target target() throws SnippetException {
        skipSpace();
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw bad("`" + text.substring(at) + "` where a path is expected");
        }
        at = name.end();
        PathType type = Vocabulary.typeOf(name.group());
        List<Slot> arguments = type != null && peek() == '(' ? arguments() : List.of();
        boolean fixed = arguments.stream().allMatch(Slot::isFixed);
        // Arguments from the cell are only counted here; those of the documentation stand in for them.
        List<String> texts = new ArrayList<>();
        for (Slot argument : arguments) {
            texts.add(argument.isFixed() ? argument.literal() : Vocabulary.exampleOf(name.group(), texts.size()));
        }
        Vocabulary.Lookup found = Vocabulary.path(name.group(), texts, PathScope.UNBOUND);
        if (found instanceof Vocabulary.Refused refused) {
            throw new SnippetException(code(refused.reason()), refused.message());
        }
        Path path = fixed && found instanceof Vocabulary.Found it ? it.path() : null;
        return new Target(name.group(), type == null ? PathType.TEXT : type, arguments, path);
    }

    static FindingCode code(Vocabulary.Reason reason) {
        return switch (reason) {
            case UNKNOWN_PATH -> FindingCode.UNKNOWN_PATH;
            case WRONG_ARGUMENTS -> FindingCode.WRONG_ARGUMENTS;
            case BAD_DURATION -> FindingCode.BAD_DURATION;
            case UNKNOWN_CALENDAR -> FindingCode.UNKNOWN_CALENDAR;
        };
    }

    private List<Slot> arguments() throws SnippetException {
        List<Slot> arguments = new ArrayList<>();
        do {
            at++;
            skipSpace();
            Matcher quoted = QUOTED.matcher(text).region(at, text.length());
            if (!quoted.lookingAt()) {
                throw new SnippetException(
                        FindingCode.WRONG_ARGUMENTS,
                        "`" + text.substring(at) + "` where a quoted argument is expected");
            }
            arguments.add(slot(quoted.group(1)));
            at = quoted.end();
        } while (peek() == ',');
        if (peek() != ')') {
            throw new SnippetException(FindingCode.WRONG_ARGUMENTS, "the arguments are not closed by `)`");
        }
        at++;
        return arguments;
    }

    private String operator() throws SnippetException {
        skipSpace();
        Matcher operator = OPERATOR.matcher(text).region(at, text.length());
        if (!operator.lookingAt()) {
            throw bad("`" + text.strip() + "` has no operator after the path");
        }
        at = operator.end();
        return operator.group();
    }

    private static Operator allowed(String found, Target target) throws SnippetException {
        List<Operator> operators = switch (target.type()) {
            case TEXT -> List.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.STARTS_WITH);
            case NUMBER ->
                List.of(Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST, Operator.EQUAL);
            case FLAG -> List.of(Operator.EQUAL);
        };
        List<String> spelled = operators.stream().map(SnippetParser::spelled).toList();
        int index = spelled.indexOf(found.replaceAll("\\s", ""));
        if (index < 0) {
            throw new SnippetException(
                    FindingCode.UNKNOWN_OPERATOR,
                    "operator `" + found + "` does not go with `" + target.name() + "`, allowed are `"
                            + String.join("`, `", spelled) + "`");
        }
        return operators.get(index);
    }

    private static String spelled(Operator operator) {
        return operator == Operator.STARTS_WITH ? "str[startsWith]" : operator.symbol();
    }

    private Slot operand(Target target) throws SnippetException {
        skipSpace();
        Matcher quoted = QUOTED.matcher(text).region(at, text.length());
        Matcher bare = BARE.matcher(text).region(at, text.length());
        boolean isQuoted = quoted.lookingAt();
        if (!isQuoted && !bare.lookingAt()) {
            throw bad("`" + text.strip() + "` lacks a value after its operator");
        }
        at = isQuoted ? quoted.end() : bare.end();
        String found = isQuoted ? quoted.group() : bare.group();
        Slot slot = slot(isQuoted ? quoted.group(1) : found);
        boolean fits = switch (target.type()) {
            case TEXT -> isQuoted;
            case NUMBER -> !isQuoted && (!slot.isFixed() || Numbers.parse(found) != null);
            case FLAG -> !isQuoted && (!slot.isFixed() || found.equals("true") || found.equals("false"));
        };
        if (!fits) {
            throw bad("`" + found + "` does not go with `" + target.name() + "`, write "
                    + switch (target.type()) {
                        case TEXT -> "`\"$param\"`, in quotes";
                        case NUMBER -> "`$param`, without quotes";
                        case FLAG -> "`$param`, `true` or `false`, without quotes";
                    });
        }
        return slot;
    }

    private static Slot slot(String text) throws SnippetException {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.matches()) {
            return new Slot(text.equals("$param") ? 0 : text.charAt(1) - '0', "");
        }
        if (text.contains("$")) {
            throw bad("`" + text + "` is no placeholder: a value is `$param`, `$1`, `$2` … as a whole");
        }
        return new Slot(-1, text);
    }

    private static int arity(List<Comparison> comparisons) throws SnippetException {
        Set<Integer> indexes = new TreeSet<>();
        for (Comparison comparison : comparisons) {
            comparison.arguments().forEach(it -> indexes.add(it.index()));
            indexes.add(comparison.operand().index());
        }
        indexes.remove(-1);
        if (indexes.isEmpty()) {
            return ConditionSnippet.FIXED;
        }
        if (indexes.contains(0) && indexes.size() > 1) {
            throw bad("`$param` and `$1` in one snippet: number all of them");
        }
        int highest = indexes.stream().mapToInt(it -> it).max().orElse(0);
        if (highest > 0 && indexes.size() != highest) {
            throw bad("`$" + highest + "` without `$1` to `$" + (highest - 1) + "` before it");
        }
        return highest;
    }

    /** The next character after any space, 0 at the end. */
    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static SnippetException bad(String message) {
        return new SnippetException(FindingCode.BAD_SNIPPET, message);
    }
}
