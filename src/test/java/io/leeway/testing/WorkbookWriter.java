package io.leeway.testing;

import io.leeway.policy.PolicyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.Drawing;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes described sheets into an {@code .xlsx} workbook, through POI. */
public final class WorkbookWriter {
    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final CellStyle date = workbook.createCellStyle();
    private final CellStyle struck = workbook.createCellStyle();

    private WorkbookWriter() {
        date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
        Font font = workbook.createFont();
        font.setStrikeout(true);
        struck.setFont(font);
    }

    /** A workbook of these sheets, in this order. */
    public static PolicyFile xlsx(String file, SheetBuilder... sheets) {
        WorkbookWriter writer = new WorkbookWriter();
        for (SheetBuilder sheet : sheets) {
            writer.write(sheet);
        }
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            writer.workbook.write(bytes);
            writer.workbook.close();
            return new PolicyFile(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(SheetBuilder description) {
        description.finishColumns();
        Sheet sheet = workbook.createSheet(description.name);
        description.rows.forEach((number, cells) -> {
            Row row = sheet.createRow(number);
            cells.forEach((column, value) -> write(row.createCell(column), value));
            mergeObjects(sheet, number, cells);
        });
        description.merged.forEach(range -> sheet.addMergedRegion(CellRangeAddress.valueOf(range)));
        for (int hidden : description.hiddenRows) {
            Row row = sheet.getRow(hidden) == null ? sheet.createRow(hidden) : sheet.getRow(hidden);
            row.setZeroHeight(true);
        }
        description.struck.forEach(cell -> at(sheet, cell).setCellStyle(struck));
        description.notes.forEach(cell -> note(sheet, at(sheet, cell)));
        description.hiddenColumns.forEach(column -> sheet.setColumnHidden(column, true));
        if (description.hidden) {
            int index = workbook.getSheetIndex(sheet);
            workbook.setSheetHidden(index, true);
        }
    }

    private void write(Cell cell, Object value) {
        if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            cell.setCellValue(flag);
        } else if (value instanceof LocalDate day) {
            cell.setCellValue(day);
            cell.setCellStyle(date);
        } else if (value instanceof SheetBuilder.Formula formula) {
            cell.setCellFormula(formula.text());
            cell.setCellValue(formula.cached());
        } else {
            cell.setCellValue(value.toString());
        }
    }

    private static Cell at(Sheet sheet, String cell) {
        CellReference at = new CellReference(cell);
        Row row = sheet.getRow(at.getRow()) == null ? sheet.createRow(at.getRow()) : sheet.getRow(at.getRow());
        return row.getCell(at.getCol(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
    }

    private void note(Sheet sheet, Cell cell) {
        Drawing<?> drawing = sheet.createDrawingPatriarch();
        int column = cell.getColumnIndex();
        int row = cell.getRowIndex();
        Comment note =
                drawing.createCellComment(drawing.createAnchor(0, 0, 0, 0, column + 1, row, column + 3, row + 3));
        note.setString(workbook.getCreationHelper().createRichTextString("except for friends"));
        cell.setCellComment(note);
    }

    /** Objects side by side are one merged cell in a workbook. */
    private static void mergeObjects(Sheet sheet, int row, Map<Integer, Object> cells) {
        for (int first : cells.keySet()) {
            if (!SheetBuilder.isObject(cells.get(first)) || SheetBuilder.isObject(cells.get(first - 1))) {
                continue;
            }
            int last = first;
            while (SheetBuilder.isObject(cells.get(last + 1))) {
                last++;
                sheet.getRow(row).getCell(last).setBlank();
            }
            Cell cell = sheet.getRow(row).getCell(first);
            cell.setCellValue(cell.getStringCellValue().replaceAll("\\.+$", ""));
            if (last > first) {
                sheet.addMergedRegion(new CellRangeAddress(row, row, first, last));
            }
        }
    }
}
