package io.leeway.policy.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a policy file as its owner wrote it, with what it can be found by in another version.
 *
 * @param sheet null for csv
 * @param number its row in the sheet, counted from 1
 * @param key what names it: the id of a row, the key in a head, the title of a table, what stands in the first column of a
 *     sheet beside the tables, all of a line of text. Several lines may bear the same
 * @param table the title of the table that it belongs to, or the word of the sheet beside the tables; {@code ""} otherwise
 * @param cells from left to right; blank ones only where a label says what would stand there
 */
public record WrittenLine(
        Kind kind, String file, @Nullable String sheet, int number, String key, String table, List<WrittenCell> cells) {
    public WrittenLine {
        key = WrittenCell.sound(key);
        cells = List.copyOf(cells);
    }

    /** What a line is. */
    public enum Kind {
        /** A key above the tables, and its value. */
        KEY,
        /** The title of a table, and its columns, each with what it asks or does. */
        TABLE,
        /** A row of a table. */
        ROW,
        /** A line of a sheet beside the tables: {@code Vocabulary}, {@code Lists}, {@code Tests} … */
        DECLARATION,
        /** A title, a heading or a note, in one cell whatever it stood in; also why a file cannot be read. */
        TEXT
    }
}
