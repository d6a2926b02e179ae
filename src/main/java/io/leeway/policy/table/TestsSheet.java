package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.TestCase;
import io.leeway.policy.TestCase.Given;
import io.leeway.policy.TestInput;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Tests} sheet: proposals with the facts around them, and what must become of each. */
final class TestsSheet {
    static final String WORD = "Tests";

    private final Sheet sheet;
    private final Source source;
    private final CellReader cells;
    private final TestsHeader header;
    private final TestCells values;
    /** Whether the expectations of the line that is being read are. */
    private boolean sound;

    private TestsSheet(Sheet sheet, Source source, CellReader cells, TestsHeader header) {
        this.sheet = sheet;
        this.source = source;
        this.cells = cells;
        this.header = header;
        this.values = new TestCells(source, cells);
    }

    static void read(Sheet sheet, Source source, CellReader cells, PathScope scope, Consumer<TestCase> tests) {
        TestsHeader header = TestsHeader.read(sheet, source, scope);
        if (header == null) {
            return;
        }
        TestsSheet reader = new TestsSheet(sheet, source, cells, header);
        for (int row : sheet.rows().tailMap(header.row(), false).keySet()) {
            TestCase test = reader.line(row);
            if (test != null) {
                tests.accept(test);
            }
        }
    }

    private @Nullable TestCase line(int row) {
        String id = id(row);
        List<Given> given = given(row);
        TestCase.Expectation expected = expected(row);
        strays(row);
        return id == null || given == null || expected == null
                ? null
                : new TestCase(
                        id,
                        source.file(),
                        sheet.name(),
                        row + 1,
                        Address.text(row, header.id()),
                        header.headings(),
                        given,
                        expected);
    }

    private @Nullable String id(int row) {
        CellValue value = sheet.at(row, header.id());
        if (value == null) {
            source.report(FindingCode.MISSING_ID, row, header.id(), "the test has no id");
            return null;
        }
        String text = cells.text(value, row, header.id());
        if (text != null && !RowReader.ID.matcher(text).matches()) {
            source.report(FindingCode.INVALID_ID, row, header.id(), "`" + text + "` cannot be an id");
            return null;
        }
        return text;
    }

    private @Nullable List<Given> given(int row) {
        List<Given> given = new ArrayList<>();
        boolean whole = true;
        for (Map.Entry<Integer, TestInput> column : header.inputs().entrySet()) {
            CellValue cell = sheet.at(row, column.getKey());
            if (cell != null) {
                Object value = values.given(column.getValue(), cell, row, column.getKey());
                whole &= value != null;
                if (value != null) {
                    given.add(new Given(column.getValue(), value, Address.text(row, column.getKey())));
                }
            }
        }
        return whole ? given : null;
    }

    private TestCase.@Nullable Expectation expected(int row) {
        sound = true;
        TestCase.Expectation expected = new TestCase.Expectation(
                cell(row, TestsHeader.MODE, values::answer),
                cell(row, TestsHeader.ROWS, values::rowIds),
                cell(row, TestsHeader.BECAUSE, cells::sentence));
        if (sound && expected.isEmpty()) {
            source.report(FindingCode.MISSING_EXPECTATION, row, header.id(), "the test expects nothing");
            return null;
        }
        return sound ? expected : null;
    }

    /** Reads a cell that is not blank; null when it is wrong, which it has then reported. */
    private interface Reader<T> {
        @Nullable
        T read(CellValue cell, int row, int column);
    }

    private <T> TestCase.@Nullable Cell<T> cell(int row, String heading, Reader<T> reader) {
        Integer column = header.expectations().get(heading);
        CellValue cell = column == null ? null : sheet.at(row, column);
        if (column == null || cell == null) {
            return null;
        }
        T value = reader.read(cell, row, column);
        sound &= value != null;
        return value == null ? null : new TestCase.Cell<>(value, Address.text(row, column));
    }

    /** Cells under no heading would be left out silently. */
    private void strays(int row) {
        SheetRow line = sheet.row(row);
        for (int column = line.first(); column >= 0; column = line.next(column + 1)) {
            if (!header.isColumn(column)) {
                source.report(FindingCode.UNKNOWN_COLUMN, row, column, "the column of this cell has no heading");
            }
        }
    }
}
