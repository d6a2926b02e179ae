package io.leeway.policy.table;

import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** The header of a {@code Vocabulary} or {@code Actions} sheet: which column holds what. */
final class HeaderRow {
    private final int row;
    private final Map<String, Integer> columns;

    private HeaderRow(int row, Map<String, Integer> columns) {
        this.row = row;
        this.columns = columns;
    }

    /** Where the header is: the first row that is not blank, or the next when that holds nothing but the sheet's word. */
    static @Nullable Integer find(Sheet sheet, String word) {
        Integer row = sheet.rows().isEmpty() ? null : sheet.rows().firstKey();
        return row != null && sheet.row(row).size() == 1 && sheet.firstText(row).equals(word)
                ? sheet.rows().higherKey(row)
                : row;
    }

    /**
     * Reads the header.
     *
     * @return null when a column is missing or unknown, which has then been reported
     */
    static @Nullable HeaderRow read(Sheet sheet, Source source, String word, List<String> names) {
        Integer row = find(sheet, word);
        if (row == null) {
            source.report(
                    FindingCode.MISSING_COLUMN,
                    "the sheet has no header, expected `" + String.join("`, `", names) + "`");
            return null;
        }
        Map<String, Integer> columns = new HashMap<>();
        boolean sound = true;
        SheetRow cells = sheet.row(row);
        for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
            String name = sheet.text(row, column);
            if (!names.contains(name) || columns.putIfAbsent(name, column) != null) {
                String message = (names.contains(name) ? "repeated column `" : "unknown column `") + name + "`"
                        + (names.contains(name) ? "" : Suggestion.didYouMean(name, names));
                source.report(FindingCode.UNKNOWN_COLUMN, row, column, message);
                sound = false;
            }
        }
        for (String name : names) {
            if (sound && !columns.containsKey(name)) {
                source.report(FindingCode.MISSING_COLUMN, row, sheet.row(row).first(), "no column `" + name + "`");
                sound = false;
            }
        }
        return sound ? new HeaderRow(row, columns) : null;
    }

    /** The rows below the header that are not blank. */
    Iterable<Integer> rowsOf(Sheet sheet) {
        NavigableMap<Integer, ?> below = sheet.rows().tailMap(row, false);
        return below.keySet();
    }

    /** The column of that name, counted from 0. */
    int column(String name) {
        Integer column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name);
        }
        return column;
    }
}
