package io.leeway.policy.table;

import java.time.LocalDate;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** A sheet of a template while it is written. Rows and columns are counted from 0. */
final class TemplateSheet {
    private static final int NARROWEST = 10;
    private static final int WIDEST = 46;
    /** Widths are in 256ths of a character; a frame takes two. */
    private static final int CHARACTER = 256;

    /** Widths count digits, of which most letters are narrower. */
    private static final double LETTERS = 1.15;
    /** A line is so much higher than its letters. */
    private static final float LINE = 1.35f;

    private final XSSFSheet sheet;
    private final TemplateStyles styles;

    TemplateSheet(XSSFWorkbook workbook, String name, TemplateStyles styles) {
        this.sheet = workbook.createSheet(WorkbookUtil.createSafeSheetName(name));
        this.styles = styles;
        sheet.getPrintSetup().setLandscape(true);
        sheet.getPrintSetup().setPaperSize(PrintSetup.A4_PAPERSIZE);
        sheet.setFitToPage(true);
        sheet.getPrintSetup().setFitHeight((short) 0);
    }

    TemplateStyles styles() {
        return styles;
    }

    /** Writes a value in that style; a day in the style of days, as it would be a number otherwise. */
    void put(int row, int column, @Nullable Object value, CellStyle style) {
        Row line = sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row);
        Cell cell = line.createCell(column);
        cell.setCellStyle(value instanceof LocalDate ? styles.day : style);
        if (value != null) {
            GridFiles.put(cell, value);
        }
    }

    /** Copies the cells of a row. */
    void copy(Sheet from, int row, int to, CellStyle style) {
        SheetRow cells = from.row(row);
        for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
            put(to, column, OutlineCells.plain(cells.at(column)), style);
        }
    }

    /** Frames blank cells to fill in. */
    void frame(int firstRow, int lastRow, int column) {
        for (int row = firstRow; row <= lastRow; row++) {
            if (sheet.getRow(row) == null || sheet.getRow(row).getCell(column) == null) {
                put(row, column, null, styles.cell);
            }
        }
    }

    void hint(Hint hint, int firstRow, int lastRow, int column) {
        hint.putOn(sheet, firstRow, lastRow, column);
    }

    /** Keeps rows above and columns to the left in sight. */
    void freeze(int columns, int rows) {
        sheet.createFreezePane(columns, rows);
    }

    /**
     * Makes rows as high as their texts are in columns of these widths: spreadsheet programs do so only once somebody types
     * into a row.
     */
    void heighten() {
        for (Row row : sheet) {
            int lines = 1;
            float tallest = 0;
            for (Cell cell : row) {
                tallest = Math.max(
                        tallest,
                        LINE * ((XSSFCellStyle) cell.getCellStyle()).getFont().getFontHeightInPoints());
                boolean wraps = cell.getCellStyle().getWrapText() && cell.getCellType() == CellType.STRING;
                int width = (int) (LETTERS * sheet.getColumnWidth(cell.getColumnIndex()) / CHARACTER);
                lines = wraps ? Math.max(lines, lines(cell.getStringCellValue(), width)) : lines;
            }
            float height = Math.max(lines * sheet.getDefaultRowHeightInPoints(), tallest);
            if (height > sheet.getDefaultRowHeightInPoints()) {
                row.setHeightInPoints(height);
            }
        }
    }

    /** How many lines a text takes, broken at its spaces. */
    static int lines(String text, int width) {
        int lines = 1;
        int used = 0;
        for (String word : text.split(" ")) {
            if (used > 0 && used + 1 + word.length() > width) {
                lines++;
                used = 0;
            }
            used += (used > 0 ? 1 : 0) + word.length();
        }
        return lines;
    }

    /** Makes a column as wide as that text, within reason; never narrower than it is. */
    void widen(int column, int characters) {
        int width = (Math.max(NARROWEST, Math.min(WIDEST, characters)) + 2) * CHARACTER;
        boolean first = sheet.getColumnHelper().getColumn(column, false) == null;
        if (first || sheet.getColumnWidth(column) < width) {
            sheet.setColumnWidth(column, width);
        }
    }

    void width(int column, int characters) {
        sheet.setColumnWidth(column, characters * CHARACTER);
    }
}
