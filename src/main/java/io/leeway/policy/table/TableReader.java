package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.ReferenceData;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.check.DraftTable;
import io.leeway.policy.check.DraftTable.DraftRow;
import io.leeway.policy.check.DraftTable.FixedPath;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one table, from its title to the row before the next title. */
final class TableReader {
    /** What people take for the start of a table; only {@code RuleTable} is one. */
    private static final Pattern TITLE = Pattern.compile("(?i)(rules?[\\s_-]?tables?)(\\s.*)?", Pattern.DOTALL);

    /** From the title to the labels. */
    static final int HEAD_ROWS = 5;

    private final Sheet sheet;
    private final Source source;
    private final CellReader cells;
    private final Head head;
    private final PathScope scope;

    TableReader(Sheet sheet, Source source, CellReader cells, Head head, ReferenceData data) {
        this.sheet = sheet;
        this.source = source;
        this.cells = cells;
        this.head = head;
        this.scope = new PathScope(head.zone(), data);
    }

    /** Whether a row's first text starts a table. */
    static boolean isTitle(String text) {
        return TITLE.matcher(text).matches();
    }

    /** The rows in which tables begin. */
    static List<Integer> titles(Sheet sheet) {
        return sheet.rows().keySet().stream()
                .filter(row -> isTitle(sheet.firstText(row)))
                .toList();
    }

    /** What follows the keyword in the first text of a table, {@code ""} for nothing. */
    static String titleOf(String text) {
        Matcher matcher = TITLE.matcher(text);
        return matcher.matches() && matcher.group(2) != null ? matcher.group(2).strip() : "";
    }

    /**
     * Reads the table.
     *
     * @param row where its title stands
     * @param last its last row that is not blank
     */
    DraftTable read(int row, int last) {
        int column = sheet.row(row).first();
        String title = title(row, column);
        List<FixedPath> paths = new ArrayList<>();
        List<DraftRow> rows = new ArrayList<>();
        boolean readable = false;
        if (last < row + HEAD_ROWS - 1) {
            source.report(
                    FindingCode.INCOMPLETE_TABLE, row, column, "the table ends before its row of labels is complete");
        } else {
            List<TableColumn> columns = new ColumnReader(sheet, source, scope, row, last).read();
            columns.forEach(it -> paths.addAll(it.fixedPaths(row + 3)));
            readable = columns.stream().noneMatch(it -> it.kind() == ColumnKind.BROKEN);
            checkLabels(columns, row + 4);
            checkSight(columns, row, last);
            rows(title, columns, row + HEAD_ROWS, last, rows);
        }
        return new DraftTable(source.file(), sheet.name(), title, Address.text(row, column), paths, readable, rows);
    }

    private String title(int row, int column) {
        Matcher matcher = TITLE.matcher(sheet.text(row, column));
        String keyword = matcher.matches() ? matcher.group(1) : "";
        if (!keyword.equals("RuleTable")) {
            source.report(
                    FindingCode.UNKNOWN_KEY, row, column, "unknown key `" + keyword + "`, did you mean `RuleTable`?");
        }
        String title = titleOf(sheet.text(row, column));
        if (title.isEmpty()) {
            source.report(FindingCode.MISSING_TITLE, row, column, "the table has no title");
            return "";
        }
        String checked = cells.text(new CellValue.Untyped(title), row, column);
        return checked == null ? "" : checked;
    }

    /** Without its label row, a table would silently lose its first data row. */
    private void checkLabels(List<TableColumn> columns, int row) {
        for (TableColumn column : columns) {
            boolean effect = column.kind() == ColumnKind.GRANT || column.kind() == ColumnKind.REQUIRE;
            String label = sheet.text(row, column.index());
            if (effect && (VerdictBuilder.mode(label) != null || label.equals("Prohibited"))) {
                source.report(
                        FindingCode.MISSING_LABELS,
                        row,
                        columns.get(0).index(),
                        "found data, `" + label + "`, where the labels stand");
            }
        }
    }

    /** Nothing that decides may be hidden or merged away. */
    private void checkSight(List<TableColumn> columns, int title, int last) {
        int first = columns.get(0).index();
        int end = columns.get(columns.size() - 1).index();
        for (int row : sheet.rows().subMap(title, true, last, true).keySet()) {
            boolean codeRow = row > title && row < title + HEAD_ROWS - 1;
            if (!codeRow && sheet.hiddenRows().get(row)) {
                source.report(FindingCode.HIDDEN_ROW, row, first, "row `" + (row + 1) + "` is hidden");
            }
        }
        Area data = new Area(title + HEAD_ROWS, first, Math.max(last, title + HEAD_ROWS), end);
        for (Area area : sheet.merged()) {
            if (area.meets(data)) {
                String cell = Address.text(area.firstRow(), area.firstColumn());
                source.report(
                        FindingCode.MERGED_DATA,
                        area.firstRow(),
                        area.firstColumn(),
                        "merged cells `" + cell + ":" + Address.text(area.lastRow(), area.lastColumn())
                                + "` among the data");
            }
        }
    }

    private void rows(String title, List<TableColumn> columns, int first, int last, List<DraftRow> rows) {
        if (last < first) {
            source.report(FindingCode.EMPTY_TABLE, first - 1, columns.get(0).index(), "the table has no rows");
            return;
        }
        ConditionReader conditions = new ConditionReader(source, cells, scope);
        boolean effects =
                columns.stream().anyMatch(it -> it.kind() == ColumnKind.GRANT || it.kind() == ColumnKind.REQUIRE);
        RowReader.Shared shared = new RowReader.Shared(title, head, columns, effects, false, source, cells, conditions);
        int expected = first;
        for (int row : sheet.rows().subMap(first, true, last, true).keySet()) {
            if (row > expected) {
                int count = row - expected;
                String rowsText = count == 1 ? "a blank row" : "`" + count + "` blank rows";
                source.report(FindingCode.BLANK_ROW, expected, columns.get(0).index(), rowsText + " inside the table");
            }
            rows.add(new RowReader(shared, row).read(sheet));
            expected = row + 1;
        }
    }
}
