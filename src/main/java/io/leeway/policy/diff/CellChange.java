package io.leeway.policy.diff;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written otherwise than before: one cell, or a whole line that was not there or is no more. Places are those of the
 * new version, and of what was removed those of the old one.
 *
 * @param kind of a cell: whether it was blank, is blank, or says something else
 * @param sheet null for csv and DRL, and for a whole file
 * @param cell {@code C12}; the first one for a line, and for a cell whose column is there no more; null for a file
 * @param rule the id of the row; of a line in a sheet beside the tables what its first column says; null elsewhere
 * @param column the label over the cell, the key before it, {@code table} for the title of a table; null for a line or a file
 * @param from as it was written; null when there was nothing, and for a line with fields
 * @param to as it is written; null when there is nothing, and for a line with fields
 * @param fields what a whole line says, without blank cells; empty for a cell or a file
 */
public record CellChange(
        Kind kind,
        String file,
        @Nullable String sheet,
        @Nullable String cell,
        @Nullable String rule,
        @Nullable String column,
        @Nullable String from,
        @Nullable String to,
        List<Field> fields) {
    /** By file, sheet and row; within a row they stay as they come, from left to right. */
    static final Comparator<CellChange> ORDER = Comparator.comparing(CellChange::file)
            .thenComparing(it -> it.sheet() == null ? "" : it.sheet())
            .thenComparingInt(CellChange::row);

    public CellChange {
        fields = List.copyOf(fields);
    }

    /** What became of it. */
    public enum Kind {
        CHANGED,
        ADDED,
        REMOVED
    }

    /** A cell of a line, by its label. */
    public record Field(String column, String text) {}

    private int row() {
        String digits = cell == null ? "" : cell.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
