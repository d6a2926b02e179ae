package io.leeway.policy.table;

import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sheet of typed cells; rows and columns are counted from 0, and blank cells are not there.
 *
 * @param name null for csv
 * @param filters where filters are set
 * @param struck cells that hold text struck through
 * @param notes cells that have a note
 */
record Sheet(
        @Nullable String name,
        boolean hidden,
        NavigableMap<Integer, SheetRow> rows,
        BitSet hiddenRows,
        BitSet hiddenColumns,
        List<Area> merged,
        List<Area> filters,
        SortedSet<Address> struck,
        SortedSet<Address> notes) {
    Sheet {
        merged = List.copyOf(merged);
        filters = List.copyOf(filters);
    }

    static Sheet csv(NavigableMap<Integer, SheetRow> rows) {
        return new Sheet(
                null, false, rows, new BitSet(), new BitSet(), List.of(), List.of(), new TreeSet<>(), new TreeSet<>());
    }

    boolean isCsv() {
        return name == null;
    }

    /** The cell, null when it is blank. */
    @Nullable
    CellValue at(int row, int column) {
        return row(row).at(column);
    }

    /** The cells of a row, empty when it is blank. */
    SheetRow row(int row) {
        SheetRow cells = rows.get(row);
        return cells == null ? new SheetRow() : cells;
    }

    /** The text of a cell without spaces around it, {@code ""} when it is blank or no text. */
    String text(int row, int column) {
        return text(at(row, column));
    }

    private static String text(@Nullable CellValue value) {
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
        SheetRow cells = row(row);
        return cells.size() == 0 ? "" : text(cells.at(cells.first()));
    }
}
