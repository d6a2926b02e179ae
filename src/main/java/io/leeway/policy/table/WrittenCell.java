package io.leeway.policy.table;

import io.leeway.policy.Numbers;
import io.leeway.policy.PathType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cell as its owner wrote it.
 *
 * @param column the label over it as people read it; the column's letters where there is none, {@code ""} for a line of text
 * @param cell {@code C12}
 * @param text as the sheet shows it, formats aside; {@code ""} when it is blank
 * @param value what tells it from another: the text, but numbers by their value and flags in any case
 * @param snippet what its column asks or does: the snippet of the Drools layout, {@code granted} or {@code required}; {@code ""} outside
 *     of tables
 */
public record WrittenCell(String column, String cell, String text, String value, String snippet) {
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    public WrittenCell {
        column = sound(column);
        text = sound(text);
        value = sound(value);
    }

    /** What stands in the sheet at that place, in a column whose values are of that type. */
    static WrittenCell of(String column, Sheet sheet, int row, int index, PathType type, String snippet) {
        CellValue cell = sheet.at(row, index);
        String text = text(cell);
        return new WrittenCell(column, Address.text(row, index), text, value(text, type), snippet);
    }

    /** What a cell shows, without spaces around it. */
    static String text(@Nullable CellValue cell) {
        return cell == null ? "" : cell.shown().strip();
    }

    public boolean isBlank() {
        return value.isEmpty();
    }

    private static String value(String text, PathType type) {
        return switch (type) {
            case NUMBER -> number(text);
            case FLAG -> text.toUpperCase(Locale.ROOT);
            case TEXT -> text;
        };
    }

    private static String number(String text) {
        BigDecimal plain = Numbers.parse(text);
        BigDecimal number = plain == null ? Numbers.parseGrouped(text) : plain;
        return number == null ? text : number.toPlainString();
    }

    /** A workbook can spell half a character ({@code _xD800_}), which no text of an answer can hold. */
    static String sound(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    }
}
