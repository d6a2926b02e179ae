package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one line of a {@code Vocabulary} or {@code Actions} sheet, by the names in the header. */
record DeclarationCells(Sheet sheet, Source source, CellReader cells, HeaderRow header, int row) {
    String address(String name) {
        return Address.text(row, header.column(name));
    }

    /** What the cell holds, null when it is blank. */
    @Nullable
    CellValue cell(String name) {
        return sheet.at(row, header.column(name));
    }

    /** The number of a cell; null when it is blank, or wrong, which has then been reported. */
    @Nullable
    BigDecimal number(String name) {
        CellValue value = cell(name);
        return value == null ? null : cells.number(value, row, header.column(name));
    }

    /** The day of a cell; null when it is blank, or wrong, which has then been reported. */
    @Nullable
    LocalDate date(String name) {
        CellValue value = cell(name);
        return value == null ? null : cells.date(value, row, header.column(name));
    }

    /** The text of a cell, {@code ""} when it is blank; null when it is wrong, which has then been reported. */
    @Nullable
    String text(String name) {
        CellValue value = sheet.at(row, header.column(name));
        return value == null ? "" : cells.text(value, row, header.column(name));
    }

    /** The text of a cell, unchecked, {@code ""} when it is blank or no text. */
    String raw(String name) {
        return sheet.text(row, header.column(name));
    }

    /** The sentence of a cell, {@code ""} when it is blank; null when it is wrong, which has then been reported. */
    @Nullable
    String sentence(String name) {
        CellValue value = sheet.at(row, header.column(name));
        return value == null ? "" : cells.sentence(value, row, header.column(name));
    }

    /** The values of a cell that lists them, separated by commas; null when it is wrong, which has then been reported. */
    @Nullable
    List<String> list(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            values.add(part.strip());
        }
        if (values.contains("")) {
            report(FindingCode.WRONG_COUNT, name, "a blank value in the list `" + text + "`");
            return null;
        }
        return values;
    }

    void report(FindingCode code, String name, String message) {
        source.report(code, row, header.column(name), message);
    }
}
