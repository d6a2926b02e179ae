package io.leeway.policy.table;

import io.leeway.policy.HumanDuration;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.table.ConditionSnippet.Comparison;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what sheets say as plain sheets, and the {@code Columns} sheet that their labels need. For one version. */
final class PlainGrid {
    private final ColumnLabels known = new ColumnLabels();
    private final Map<String, ColumnLabel> defined = new LinkedHashMap<>();

    Grid of(String name, SheetOutline sheet) {
        Grid grid = new Grid(name, "");
        if (!sheet.title().isEmpty()) {
            grid.line(sheet.title());
        }
        sheet.head().forEach((key, value) -> grid.line(key, value));
        if (!sheet.zone().equals(ZoneOffset.UTC)) {
            grid.line("Time zone", sheet.zone().toString());
        }
        for (TableOutline table :
                sheet.tables().stream().map(PlainGrid::widened).toList()) {
            grid.line();
            grid.line(table.authority() ? "May act" : "Needs at least", table.title());
            List<String> labels = new ArrayList<>();
            for (ColumnLabel column : table.columns()) {
                labels.add(label(column, table.authority(), labels));
            }
            grid.line(labels);
            for (List<@Nullable Object> row : table.rows()) {
                List<@Nullable Object> line = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    line.add(cell(table.columns().get(i), row.get(i), table.authority()));
                }
                grid.line(line);
            }
        }
        return grid;
    }

    /** With a list instead of each text that is no list: one value says the same in both, and owners may add more. */
    private static TableOutline widened(TableOutline table) {
        List<ColumnLabel> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int index = i;
            boolean commas = table.rows().stream()
                    .map(row -> String.valueOf(row.get(index)))
                    .anyMatch(it -> it.contains(",") || it.contains(";"));
            ColumnLabel column = table.columns().get(i);
            columns.add(commas ? column : widened(column));
        }
        return new TableOutline(table.title(), table.authority(), columns, table.rows());
    }

    private static ColumnLabel widened(ColumnLabel column) {
        ConditionSnippet condition = column.condition();
        if (condition == null
                || !PlainCells.isOneText(condition)
                || condition.comparisons().get(0).operator() != Operator.EQUAL) {
            return column;
        }
        Path path = Objects.requireNonNull(condition.comparisons().get(0).fixed());
        return ColumnLabel.condition(column.label(), "forall(||){" + path + " == \"$\"}");
    }

    /** What the labels stand for that are not shipped; null when all are. */
    @Nullable
    Grid columns() {
        if (defined.isEmpty()) {
            return null;
        }
        Grid grid = new Grid(ColumnsSheet.WORD, ColumnsSheet.WORD);
        grid.line(ColumnsSheet.COLUMNS);
        for (ColumnLabel label : defined.values()) {
            grid.line(label.label(), label.snippet(), label.unit(), label.meaning(), label.example());
        }
        return grid;
    }

    /** The label for a column: its own where that means the same, else a shipped one, else its own and newly defined. */
    private String label(ColumnLabel column, boolean authority, List<String> used) {
        boolean repeatable = column.kind() == ColumnKind.OBLIGE || column.kind() == ColumnKind.DESCRIPTION;
        String wanted = column.label().isEmpty() ? shipped(column, authority) : column.label();
        for (int number = 1; ; number++) {
            String label = number == 1 ? wanted : wanted + " (" + number + ")";
            if (!repeatable && used.contains(label)) {
                continue;
            }
            ColumnLabel shipped = known.find(label, authority);
            boolean free = shipped == null;
            if (shipped != null && isSame(shipped, column)) {
                return label;
            }
            String key = label + (isMode(column) ? "\n" + column.kind() : "");
            ColumnLabel earlier = defined.get(key);
            if (free && !isTakenByMode(label, column) && (earlier == null || isSame(earlier, column))) {
                defined.putIfAbsent(key, renamed(column, label));
                return label;
            }
        }
    }

    private static boolean isMode(ColumnLabel column) {
        return column.kind() == ColumnKind.GRANT || column.kind() == ColumnKind.REQUIRE;
    }

    /** A label of a mode means that in one kind of table only; for others it is not free. */
    private boolean isTakenByMode(String label, ColumnLabel column) {
        boolean mode = isMode(column);
        return mode
                ? defined.containsKey(label)
                : defined.keySet().stream().anyMatch(it -> it.startsWith(label + "\n"));
    }

    private static String shipped(ColumnLabel column, boolean authority) {
        return ColumnLabels.shipped().stream()
                .filter(it -> it.suits(authority) && isSame(it, column))
                .map(ColumnLabel::label)
                .findFirst()
                .orElse("Column");
    }

    private static boolean isSame(ColumnLabel one, ColumnLabel other) {
        return one.kind() == other.kind()
                && one.snippet().replaceAll("\\s", "").equals(other.snippet().replaceAll("\\s", ""));
    }

    private static ColumnLabel renamed(ColumnLabel column, String label) {
        return new ColumnLabel(
                label,
                column.kind(),
                column.snippet(),
                column.condition(),
                column.unit(),
                column.meaning(),
                column.example());
    }

    private static @Nullable Object cell(ColumnLabel column, @Nullable Object value, boolean authority) {
        ConditionSnippet condition = column.condition();
        if (value == null) {
            return condition != null && authority ? "any" : null;
        }
        if (column.kind() == ColumnKind.EXPIRES) {
            return HumanDuration.text(value.toString());
        }
        if (condition == null || !(value instanceof String text)) {
            return value;
        }
        return condition.isList() ? list(condition, text) : durations(condition, text);
    }

    /** Types without a point come first, since after others they would take their family. */
    private static String list(ConditionSnippet condition, String text) {
        if (!condition.comparisons().get(0).name().equals("action.type")) {
            return text;
        }
        List<String> values = new ArrayList<>();
        for (boolean dotted : new boolean[] {false, true}) {
            ConditionReader.split(text).stream()
                    .filter(it -> it.contains(".") == dotted)
                    .forEach(values::add);
        }
        return String.join(", ", values);
    }

    private static String durations(ConditionSnippet condition, String text) {
        List<String> parts = condition.arity() > 1 ? ConditionReader.split(text) : new ArrayList<>(List.of(text));
        for (Comparison comparison : condition.comparisons()) {
            for (int i = 0; i < comparison.arguments().size(); i++) {
                int index = Math.max(0, comparison.arguments().get(i).index() - 1);
                if (!comparison.arguments().get(i).isFixed() && Vocabulary.takesDuration(comparison.name(), i)) {
                    parts.set(index, HumanDuration.text(parts.get(index)));
                }
            }
        }
        return String.join(", ", parts);
    }
}
