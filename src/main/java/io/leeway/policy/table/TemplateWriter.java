package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.check.Findings;
import java.util.List;
import java.util.Objects;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes the sheets of one workbook as a template. */
final class TemplateWriter {
    /** Framed rows that stand ready below what is filled in. */
    private static final int SPARE = 3;

    private static final int SPARE_IN_EMPTY = 12;
    /** How far below the last table hints go, for those who write on. */
    private static final int FAR = 300;

    private final XSSFWorkbook workbook;
    private final TemplateStyles styles;
    private final ColumnLabels labels;
    private final ColumnHints hints;
    private final boolean keepsRows;

    TemplateWriter(XSSFWorkbook workbook, ColumnLabels labels, ColumnHints hints, boolean keepsRows) {
        this.workbook = workbook;
        this.styles = new TemplateStyles(workbook);
        this.labels = labels;
        this.hints = hints;
        this.keepsRows = keepsRows;
    }

    private int spare() {
        return keepsRows ? SPARE : SPARE_IN_EMPTY;
    }

    /** Writes a plain sheet with tables. */
    void tables(Sheet from, String name) {
        TemplateSheet sheet = new TemplateSheet(workbook, name, styles);
        List<Integer> titles = PlainSheet.titles(from);
        int next = head(from, sheet, titles.get(0));
        int labelRow = 0;
        for (int i = 0; i < titles.size(); i++) {
            boolean isLast = i + 1 == titles.size();
            int end = isLast ? Address.ROWS : titles.get(i + 1);
            labelRow = next
                    + PlainTableReader.labelRow(from, titles.get(i), from.rows().lowerKey(end))
                    - titles.get(i);
            next = table(from, sheet, titles.get(i), from.rows().lowerKey(end), next, isLast) + 2;
        }
        // With several tables no row of labels is right for all.
        sheet.heighten();
        sheet.freeze(1, titles.size() == 1 ? labelRow + 1 : 0);
    }

    /** The lines above the first table, and where that begins. */
    private int head(Sheet from, TemplateSheet sheet, int firstTitle) {
        boolean titled = false;
        for (int row : from.rows().headMap(firstTitle).keySet()) {
            SheetRow cells = from.row(row);
            boolean lone = cells.size() == 1;
            sheet.copy(from, row, row, styles.text);
            sheet.put(
                    row,
                    cells.first(),
                    OutlineCells.plain(cells.at(cells.first())),
                    lone ? (titled ? styles.text : styles.title) : styles.key);
            titled |= lone;
        }
        return firstTitle;
    }

    /** Writes a table from that row on, and says which row is its last framed one. */
    private int table(Sheet from, TemplateSheet sheet, int title, int last, int to, boolean isLast) {
        boolean authority = PlainTableReader.isAuthority(from.firstText(title));
        TemplateStyles.Bands bands = styles.of(authority);
        int labelRow = PlainTableReader.labelRow(from, title, last);
        int shift = to - title;
        Source unread = new Source("", from.name(), "", new Findings());
        List<TableColumn> columns =
                new PlainColumnReader(from, unread, labels, PathScope.UNBOUND, labelRow, last).read(authority, title);
        columns.forEach(it -> sheet.put(to, it.index(), null, bands.title()));
        sheet.copy(from, title, to, bands.title());
        for (int row : from.rows().subMap(title, false, labelRow, false).keySet()) {
            sheet.copy(from, row, row + shift, styles.text);
        }
        sheet.copy(from, labelRow, labelRow + shift, bands.labels());
        List<Integer> data = PlainTableReader.dataRows(from, columns, labelRow, last);
        if (keepsRows) {
            for (int row : from.rows().subMap(labelRow, false, last, true).keySet()) {
                sheet.copy(from, row, row + shift, data.contains(row) ? styles.cell : styles.key);
            }
        }
        int end = (keepsRows ? Math.max(last, labelRow) : labelRow) + shift + spare();
        // Its letters are larger than others.
        sheet.widen(0, from.firstText(title).length() * 4 / 3);
        for (TableColumn column : columns) {
            for (int row : data) {
                if (keepsRows) {
                    sheet.frame(row + shift, row + shift, column.index());
                }
                sheet.widen(column.index(), length(from, row, column.index()));
            }
            sheet.frame(end - spare() + 1, end, column.index());
            String text = from.text(labelRow, column.index()).replaceAll("\\s+", " ");
            sheet.widen(column.index(), text.length());
            ColumnLabel label = Objects.requireNonNull(labels.find(text, authority), text);
            sheet.hint(hints.of(label), labelRow + shift + 1, isLast ? end + FAR : end, column.index());
        }
        return end;
    }

    /** Writes a sheet beside the tables. */
    void beside(Sheet from, String word) {
        TemplateSheet sheet = new TemplateSheet(workbook, word, styles);
        int header = headerRow(from, word);
        boolean keeps = keepsRows || !word.equals(TestsSheet.WORD);
        int last = keeps ? from.rows().lastKey() : header;
        for (int row : from.rows().subMap(0, true, last, true).keySet()) {
            sheet.copy(from, row, row, row < header ? styles.title : row == header ? styles.heading : styles.cell);
        }
        SheetRow cells = from.row(header);
        for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
            for (int row : from.rows().subMap(header, true, last, true).keySet()) {
                sheet.frame(row, row, column);
                sheet.widen(column, length(from, row, column));
            }
            sheet.frame(last + 1, last + SPARE, column);
            sheet.hint(hints.beside(word, from.text(header, column)), header + 1, last + FAR, column);
        }
        sheet.heighten();
        sheet.freeze(0, header + 1);
    }

    /** The row of the header, which may have the sheet's word above it. */
    static int headerRow(Sheet sheet, String word) {
        int row = sheet.rows().firstKey();
        Integer below = sheet.rows().higherKey(row);
        return below != null
                        && sheet.row(row).size() == 1
                        && sheet.firstText(row).equals(word)
                ? below
                : row;
    }

    private static int length(Sheet from, int row, int column) {
        Object value = OutlineCells.plain(from.at(row, column));
        return value == null ? 0 : value.toString().length();
    }

    /** Writes the sheet that explains the others. */
    void howTo() {
        TemplateSheet sheet = new TemplateSheet(workbook, HowToSheet.NAME, styles);
        List<List<String>> lines = HowToSheet.lines();
        for (int row = 0; row < lines.size(); row++) {
            sheet.put(row, 0, lines.get(row).get(0), styles.topic);
            sheet.put(row, 1, lines.get(row).get(1), styles.cell);
        }
        sheet.width(0, 24);
        sheet.width(1, 100);
        sheet.heighten();
    }
}
