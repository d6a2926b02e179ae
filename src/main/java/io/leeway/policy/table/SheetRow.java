package io.leeway.policy.table;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The cells of one row that are not blank, by their columns, counted from 0. */
final class SheetRow {
    private @Nullable CellValue[] cells = new CellValue[8];
    private int size;

    /** The cell, null when it is blank. */
    @Nullable
    CellValue at(int column) {
        return column < cells.length ? cells[column] : null;
    }

    /** Puts a cell where there is one already, or none yet. */
    void put(int column, CellValue value) {
        if (column >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(column + 1, cells.length * 2));
        }
        if (cells[column] == null) {
            size++;
        }
        cells[column] = value;
    }

    /** The columns in which any of the rows is not blank. */
    static BitSet columns(Iterable<SheetRow> rows) {
        BitSet columns = new BitSet();
        for (SheetRow row : rows) {
            for (int column = row.first(); column >= 0; column = row.next(column + 1)) {
                columns.set(column);
            }
        }
        return columns;
    }

    /** How many cells are not blank. */
    int size() {
        return size;
    }

    /** The column of the first cell that is not blank; -1 when all are. */
    int first() {
        return next(0);
    }

    /** The column of the first cell that is not blank, from that column on; -1 when there is none. */
    int next(int from) {
        for (int column = from; column < cells.length; column++) {
            if (cells[column] != null) {
                return column;
            }
        }
        return -1;
    }
}
