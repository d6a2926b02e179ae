package io.leeway.policy.table;

import org.jspecify.annotations.Nullable;

/** A rectangle of cells, all bounds included. */
record Area(int firstRow, int firstColumn, int lastRow, int lastColumn) {
    boolean holds(int row, int column) {
        return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
    }

    boolean meets(Area other) {
        return firstRow <= other.lastRow
                && other.firstRow <= lastRow
                && firstColumn <= other.lastColumn
                && other.firstColumn <= lastColumn;
    }

    /** Reads {@code A1:B2}, null when it is none. */
    static @Nullable Area parse(String text) {
        int colon = text.indexOf(':');
        Address first = Address.parse(colon < 0 ? text : text.substring(0, colon));
        Address last = Address.parse(text.substring(colon + 1));
        return first == null || last == null || last.row() < first.row() || last.column() < first.column()
                ? null
                : new Area(first.row(), first.column(), last.row(), last.column());
    }
}
