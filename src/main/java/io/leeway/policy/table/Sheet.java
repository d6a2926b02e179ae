package io.leeway.policy.table;

import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sheet of typed cells; rows and columns are counted from 0, and blank cells are not there.
 *
 * @param name null for csv
 */
record Sheet(
        @Nullable String name,
        boolean hidden,
        NavigableMap<Integer, NavigableMap<Integer, CellValue>> rows,
        BitSet hiddenRows,
        BitSet hiddenColumns,
        List<Area> merged) {
    Sheet {
        merged = List.copyOf(merged);
    }

    static Sheet csv(NavigableMap<Integer, NavigableMap<Integer, CellValue>> rows) {
        return new Sheet(null, false, rows, new BitSet(), new BitSet(), List.of());
    }

    boolean isCsv() {
        return name == null;
    }

    /** The cell, null when it is blank. */
    @Nullable
    CellValue at(int row, int column) {
        return row(row).get(column);
    }

    /** The cells of a row, empty when it is blank. */
    NavigableMap<Integer, CellValue> row(int row) {
        NavigableMap<Integer, CellValue> cells = rows.get(row);
        return cells == null ? new TreeMap<>() : cells;
    }

    /** The text of a cell without spaces around it, {@code ""} when it is blank or no text. */
    String text(int row, int column) {
        CellValue value = at(row, column);
        if (value instanceof CellValue.Text cell) {
            return cell.text().strip();
        }
        return value instanceof CellValue.Untyped cell ? cell.text().strip() : "";
    }

    /** The cell that shows at this place: that of the merged area over it. */
    @Nullable
    CellValue shown(int row, int column) {
        CellValue own = at(row, column);
        if (own != null) {
            return own;
        }
        for (Area area : merged) {
            if (area.holds(row, column)) {
                return at(area.firstRow(), area.firstColumn());
            }
        }
        return null;
    }

    /** The first cell's text of a row that is not blank, without spaces around it. */
    String firstText(int row) {
        NavigableMap<Integer, CellValue> cells = row(row);
        return cells.isEmpty() ? "" : text(row, cells.firstKey());
    }
}
