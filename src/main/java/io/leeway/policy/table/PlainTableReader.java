package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.ReferenceData;
import io.leeway.policy.check.DraftTable;
import io.leeway.policy.check.DraftTable.DraftRow;
import io.leeway.policy.check.DraftTable.FixedPath;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one table of a plain sheet, from its title to the row before the next title. */
final class PlainTableReader {
    /** What people take for the start of a table, wherever they put spaces and capitals. */
    private static final Pattern TITLE =
            Pattern.compile("(?i)(may\\s+act|needs?\\s+at\\s+least)(\\s.*)?", Pattern.DOTALL);

    /** An id rather than a heading. */
    private static final Pattern ID = Pattern.compile("\\p{L}+-[0-9]+");

    private static final String AUTHORITY = "May act";
    private static final String SAFEGUARD = "Needs at least";

    private final Sheet sheet;
    private final Source source;
    private final CellReader cells;
    private final Head head;
    private final ColumnLabels labels;
    private final PlainCells plain;
    private final PathScope scope;

    PlainTableReader(
            Sheet sheet,
            Source source,
            CellReader cells,
            Head head,
            ColumnLabels labels,
            NamedLists lists,
            ReferenceData data) {
        this.sheet = sheet;
        this.source = source;
        this.cells = cells;
        this.head = head;
        this.labels = labels;
        this.scope = new PathScope(head.zone(), data);
        this.plain = new PlainCells(source, cells, lists, scope);
    }

    /** Whether a row's first text starts a table. */
    static boolean isTitle(String text) {
        return TITLE.matcher(text).matches();
    }

    /** Whether it does so in the very words of the dialect. */
    static boolean isExactTitle(String text) {
        Matcher matcher = TITLE.matcher(text);
        return matcher.matches() && List.of(AUTHORITY, SAFEGUARD).contains(matcher.group(1));
    }

    /** Whether the title of a table says that its rows grant. */
    static boolean isAuthority(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("may");
    }

    /** The title that follows the words, in the same cell or in the next one. */
    static String titleOf(Sheet sheet, int row) {
        int column = sheet.row(row).first();
        Matcher matcher = TITLE.matcher(sheet.text(row, column));
        String rest =
                matcher.matches() && matcher.group(2) != null ? matcher.group(2).strip() : "";
        return rest.isEmpty() ? sheet.text(row, column + 1) : rest;
    }

    /** The row of the labels: the first below the title that is no note; -1 when there is none. */
    static int labelRow(Sheet sheet, int title, int last) {
        return sheet.rows().subMap(title, false, Math.max(title, last), true).keySet().stream()
                .filter(row -> sheet.row(row).size() > 1)
                .findFirst()
                .orElse(-1);
    }

    /** The rows of the table: neither blank nor headings, whatever stands beside. */
    static List<Integer> dataRows(Sheet sheet, List<TableColumn> columns, int labelRow, int last) {
        int first = columns.get(0).index();
        return sheet.rows().subMap(labelRow, false, Math.max(last, labelRow), true).keySet().stream()
                .filter(row -> columns.stream().anyMatch(it -> sheet.at(row, it.index()) != null))
                .filter(row -> !isHeading(sheet, row, first))
                .toList();
    }

    /** Whether a row is a heading or a note: nothing in it but its first cell, and that no id. */
    private static boolean isHeading(Sheet sheet, int row, int firstColumn) {
        SheetRow cells = sheet.row(row);
        return cells.size() == 1
                && cells.first() == firstColumn
                && !ID.matcher(sheet.text(row, firstColumn)).matches();
    }

    /**
     * Reads the table.
     *
     * @param row where its title stands
     * @param last its last row that is not blank
     */
    DraftTable read(int row, int last) {
        int column = sheet.row(row).first();
        boolean authority = isAuthority(sheet.text(row, column));
        String title = title(row, column, authority);
        List<FixedPath> paths = new ArrayList<>();
        List<DraftRow> rows = new ArrayList<>();
        boolean readable = false;
        int labelRow = labelRow(sheet, row, last);
        if (labelRow < 0) {
            source.report(FindingCode.INCOMPLETE_TABLE, row, column, "the table has no row of labels");
        } else {
            List<TableColumn> columns =
                    new PlainColumnReader(sheet, source, labels, scope, labelRow, last).read(authority, row);
            readable = columns.stream().noneMatch(it -> it.kind() == ColumnKind.BROKEN);
            columns.forEach(it -> paths.addAll(it.fixedPaths(labelRow)));
            rows(title, authority, columns, labelRow, last, rows);
        }
        return new DraftTable(source.file(), sheet.name(), title, Address.text(row, column), paths, readable, rows);
    }

    private String title(int row, int column, boolean authority) {
        String text = sheet.text(row, column);
        if (!isExactTitle(text)) {
            Matcher matcher = TITLE.matcher(text);
            String found = matcher.matches() ? matcher.group(1) : text;
            String meant = authority ? AUTHORITY : SAFEGUARD;
            source.report(
                    FindingCode.UNKNOWN_KEY, row, column, "unknown key `" + found + "`, did you mean `" + meant + "`?");
        }
        String title = titleOf(sheet, row);
        if (title.isEmpty()) {
            source.report(FindingCode.MISSING_TITLE, row, column, "the table has no title");
            return "";
        }
        String checked = cells.text(new CellValue.Untyped(title), row, column);
        return checked == null ? "" : checked;
    }

    private void rows(
            String title, boolean authority, List<TableColumn> columns, int labelRow, int last, List<DraftRow> rows) {
        boolean effects =
                columns.stream().anyMatch(it -> it.kind() == ColumnKind.GRANT || it.kind() == ColumnKind.REQUIRE);
        RowReader.Shared shared = new RowReader.Shared(title, head, columns, effects, authority, source, cells, plain);
        for (int row : dataRows(sheet, columns, labelRow, last)) {
            rows.add(new RowReader(shared, row).read(sheet));
        }
        if (rows.isEmpty()) {
            source.report(FindingCode.EMPTY_TABLE, labelRow, columns.get(0).index(), "the table has no rows");
        }
    }
}
