package io.leeway.policy.table;

import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.FindingCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Columns} sheet: what the labels of plain sheets stand for. */
final class ColumnsSheet {
    static final String WORD = "Columns";

    static final List<String> COLUMNS = List.of("Label", "Snippet", "Unit", "Meaning", "Example");

    private ColumnsSheet() {}

    /** Adds the sheet's labels to those that its version has already. */
    static void read(Sheet sheet, Source source, CellReader cells, List<ColumnLabel> labels) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            ColumnLabel label = label(line);
            if (label == null) {
                continue;
            }
            if (labels.stream().anyMatch(it -> clash(it, label))) {
                line.report(
                        FindingCode.REPEATED_DECLARATION, "Label", "label `" + label.label() + "` is there already");
            } else {
                labels.add(label);
            }
        }
    }

    /** A mode may stand there twice: granted in the one kind of table, required in the other. */
    private static boolean clash(ColumnLabel one, ColumnLabel other) {
        return one.label().equals(other.label())
                && (one.suits(true) && other.suits(true) || one.suits(false) && other.suits(false));
    }

    private static @Nullable ColumnLabel label(DeclarationCells line) {
        String label = line.sentence("Label");
        String unit = line.sentence("Unit");
        String meaning = line.sentence("Meaning");
        String snippet = line.raw("Snippet");
        if (label != null && (label.isEmpty() || snippet.isEmpty())) {
            String column = label.isEmpty() ? "Label" : "Snippet";
            line.report(FindingCode.WRONG_VALUE, column, "the line has no " + column.toLowerCase(Locale.ROOT));
            return null;
        }
        if (label == null || unit == null || meaning == null) {
            return null;
        }
        ColumnKind kind = kind(snippet);
        ConditionSnippet condition = kind == null ? condition(line, snippet) : null;
        if (kind == null && (condition == null || !isUnit(line, condition, unit))) {
            return null;
        }
        return new ColumnLabel(
                label.replaceAll("\\s+", " "),
                kind == null ? ColumnKind.CONDITION : kind,
                snippet,
                condition,
                unit,
                meaning,
                line.raw("Example"));
    }

    /** The kind of a column that is no condition, by its snippet, or by its type where it has none. */
    private static @Nullable ColumnKind kind(String snippet) {
        for (ColumnKind kind : ColumnKind.values()) {
            boolean named = kind.snippet().isEmpty() && kind != ColumnKind.CONDITION && kind != ColumnKind.BROKEN;
            if (named ? kind.type().equals(snippet) : ColumnKind.of(kind.type(), snippet) == kind) {
                return kind;
            }
        }
        return null;
    }

    private static @Nullable ConditionSnippet condition(DeclarationCells line, String snippet) {
        if (snippet.startsWith("verdict")) {
            String allowed = Arrays.stream(ColumnKind.values())
                    .map(ColumnKind::snippet)
                    .filter(it -> it.startsWith("verdict"))
                    .collect(Collectors.joining("` `", "`", "`"));
            line.report(
                    FindingCode.UNKNOWN_FUNCTION,
                    "Snippet",
                    "unknown function in `" + snippet + "`, allowed are " + allowed);
            return null;
        }
        try {
            return SnippetParser.parse(snippet);
        } catch (SnippetException e) {
            line.report(e.code(), "Snippet", e.reason());
            return null;
        }
    }

    /** Amounts and attributes have the units that others give them; all other numbers have their own. */
    private static boolean isUnit(DeclarationCells line, ConditionSnippet condition, String unit) {
        for (ConditionSnippet.Comparison comparison : condition.comparisons()) {
            String known = Vocabulary.unitOf(comparison.name());
            boolean own = comparison.type() == PathType.NUMBER && !known.isEmpty() && Vocabulary.typeOf(known) == null;
            if (own && !unit.isEmpty() && !unit.equals(known)) {
                String help = known.equals("s") ? ", cells may say `15 min`" : "";
                line.report(
                        FindingCode.UNKNOWN_UNIT,
                        "Unit",
                        "unit `" + unit + "` for `" + comparison.name() + "`, which counts in `" + known + "`" + help);
                return false;
            }
        }
        return true;
    }
}
