package io.leeway.console;

import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.RuleSource;
import io.leeway.policy.table.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A row of a sheet as its owner knows it: its own labels, its own texts, and which of its cells decided.
 *
 * @param line the row's number in the sheet, {@code ""} when it is not known
 * @param whole whether all of the row is here; otherwise only what the record of the decision holds of it
 */
record SheetView(String line, List<Cell> cells, boolean whole) {
    /** From here on a text wants a wide column. */
    static final int LONG = 48;

    SheetView {
        cells = List.copyOf(cells);
    }

    /**
     * @param column its letters
     * @param label what stands over the column
     * @param decided whether it is a condition of a row that decided
     */
    record Cell(String column, String label, String value, boolean decided) {
        /** How the style sheet shows it. */
        public String style() {
            return (decided ? "decided " : "") + (value.length() > LONG ? "long" : "");
        }
    }

    /** @param excerpt the row out of the version's own file; empty when that is not stored any more */
    static Optional<SheetView> of(MatchedRule rule, Optional<Excerpt> excerpt) {
        RuleSource source = rule.source();
        if (source == null || source.range() == null) {
            return Optional.empty();
        }
        Set<String> decided =
                rule.conditions().stream().map(MatchedCondition::cell).collect(Collectors.toSet());
        return Optional.of(
                excerpt.map(row -> whole(row, decided, rule.decisive())).orElseGet(() -> recorded(rule)));
    }

    /** The label over a cell; {@code ""} when there is none. */
    public String labelOf(String cell) {
        return cells.stream()
                .filter(it -> (it.column() + line).equals(cell))
                .map(Cell::label)
                .findFirst()
                .orElse("");
    }

    private static SheetView whole(Excerpt row, Set<String> conditions, boolean decisive) {
        String line = Integer.toString(row.line());
        List<Cell> cells = row.fields().stream()
                .map(field -> new Cell(
                        field.column(),
                        field.label(),
                        field.value(),
                        decisive && conditions.contains(field.column() + line)))
                .toList();
        return new SheetView(line, cells, true);
    }

    /** Conditions are recorded with their cells, but not with the labels over them: their paths stand in for those. */
    private static SheetView recorded(MatchedRule rule) {
        List<Cell> cells = new ArrayList<>();
        String line = "";
        for (MatchedCondition condition : rule.conditions()) {
            String column = condition.cell().replaceAll("[0-9]", "");
            line = condition.cell().substring(column.length());
            String limit = condition.operator() + " " + condition.limit();
            cells.add(new Cell(column, condition.path(), limit, rule.decisive()));
        }
        return new SheetView(line, cells, false);
    }
}
