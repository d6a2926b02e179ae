package io.leeway.policy.table;

import io.leeway.model.Stage;
import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.table.ConditionSnippet.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Hints for the columns of a version, from what its labels mean and from the values that it declares.
 *
 * @param actionCells where the workbook that is being written lists its action types, {@code ""} when another one does
 */
record ColumnHints(Map<String, ActionType> actions, Map<String, AttributeType> attributes, String actionCells) {
    private static final String ACTION_TYPE = "action.type";
    private static final String ANY = "any";
    private static final int MOST_ACTIONS = 500;
    private static final List<String> FLAGS = List.of("TRUE", "FALSE");
    private static final List<String> GRANTED =
            words(Answer.AUTONOMOUS, Answer.HUMAN_IN_THE_LOOP, Answer.HUMAN_IN_CONTROL);
    private static final List<String> REQUIRED =
            words(Answer.AUTONOMOUS, Answer.HUMAN_IN_THE_LOOP, Answer.HUMAN_IN_CONTROL, Answer.PROHIBITED);

    /** For a column of a table. */
    Hint of(ColumnLabel label) {
        ConditionSnippet condition = label.condition();
        Choice choice = switch (label.kind()) {
            case GRANT -> Choice.Words.only(GRANTED);
            case REQUIRE -> Choice.Words.only(REQUIRED);
            default -> condition == null ? Choice.ANYTHING : choice(condition);
        };
        List<String> sentences = new ArrayList<>();
        add(sentences, label.meaning());
        add(sentences, label.example().isEmpty() ? "" : "For example: " + label.example());
        add(sentences, condition == null ? "" : "No limit: any");
        return new Hint(label.label(), String.join("\n", sentences), choice);
    }

    private static void add(List<String> sentences, String sentence) {
        if (!sentence.isEmpty()) {
            sentences.add(sentence);
        }
    }

    private Choice choice(ConditionSnippet condition) {
        Comparison comparison = condition.comparisons().get(0);
        Path path = comparison.fixed();
        if (condition.arity() == ConditionSnippet.FIXED) {
            return Choice.Words.among(List.of("TRUE", ANY));
        }
        // Names, durations or several values.
        if (condition.arity() != ConditionSnippet.WHOLE
                || path == null
                || comparison.operand().isFixed()) {
            return Choice.ANYTHING;
        }
        return switch (comparison.type()) {
            case FLAG -> Choice.Words.only(withAny(FLAGS));
            // Seconds may be said as `15 min`.
            case NUMBER -> Vocabulary.unitOf(comparison.name()).equals("s") ? Choice.ANYTHING : Choice.NUMBER_OR_ANY;
            case TEXT -> text(path, true);
        };
    }

    /** What a text may be, where the version lists it. */
    private Choice text(Path path, boolean any) {
        if (path.text().equals(ACTION_TYPE)) {
            List<String> types = List.copyOf(new TreeSet<>(actions.keySet()));
            return actionCells.isEmpty() ? listed(types, any) : new Choice.Cells(actionCells);
        }
        if (path.text().equals("agent.stage")) {
            return listed(Arrays.stream(Stage.values()).map(Enum::name).toList(), any);
        }
        String name = Vocabulary.attributeOf(path);
        AttributeType declared = attributes.get(name == null ? path.text() : name);
        return declared == null ? Choice.ANYTHING : listed(declared.allowed(), any);
    }

    private static Choice listed(List<String> words, boolean any) {
        return words.isEmpty() ? Choice.ANYTHING : Choice.Words.among(any ? withAny(words) : words);
    }

    private static List<String> withAny(List<String> words) {
        List<String> all = new ArrayList<>(List.of(ANY));
        all.addAll(words);
        return all;
    }

    /** For a column of a sheet beside the tables. */
    Hint beside(String word, String heading) {
        if (word.equals(TestsSheet.WORD)
                && TestInput.parse(heading, PathScope.UNBOUND) instanceof TestInput.Found found) {
            return new Hint(heading, meaning(found.input()), given(found.input()));
        }
        Choice choice = switch (word + " " + heading) {
            case "Vocabulary Type" -> Choice.Words.only(List.of("text", "number", "flag"));
            case "Actions Amount" -> Choice.Words.only(List.of("required", "forbidden", "optional"));
            case "Tests expect.mode" -> Choice.Words.only(words(Answer.values()));
            case "Guarantees Then" ->
                Choice.Words.among(
                        Arrays.stream(Bound.values()).map(Bound::words).toList());
            default -> Choice.ANYTHING;
        };
        return new Hint(heading, BesideHints.of(word, heading), choice);
    }

    private Choice given(TestInput input) {
        if (input.kind() == TestInput.Kind.FLAG) {
            return Choice.Words.only(FLAGS);
        }
        Path path = input.path();
        return path == null || path.type() != PathType.TEXT ? Choice.ANYTHING : text(path, false);
    }

    private static String meaning(TestInput input) {
        String meaning = Vocabulary.entries().stream()
                .filter(it -> it.path().replaceFirst("\\(.*", "").equals(input.name()))
                .map(Vocabulary.Entry::meaning)
                .findFirst()
                .orElse(BesideHints.of(TestsSheet.WORD, input.name()));
        return "Given in this case: " + meaning + ". Blank: not sent.";
    }

    private static List<String> words(Answer... answers) {
        return Arrays.stream(answers).map(Answer::words).toList();
    }

    /** Those cells below the header of an {@code Actions} sheet that are filled, also when more are later; from 0. */
    static String cellsBelow(int headerRow, int column) {
        String letters = "$" + Address.letters(column) + "$";
        String first = ActionsSheet.WORD + "!" + letters + (headerRow + 2);
        String all = first + ":" + letters + (headerRow + 1 + MOST_ACTIONS);
        return "OFFSET(" + first + ",0,0,MAX(1,COUNTA(" + all + ")),1)";
    }
}
