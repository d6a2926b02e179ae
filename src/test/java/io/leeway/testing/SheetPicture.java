package io.leeway.testing;

import io.leeway.policy.PolicyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A part of a sheet as a picture shows it.
 *
 * @param range {@code A1:I19}
 * @param note the cell whose note is open, {@code ""} for none
 */
public record SheetPicture(PolicyFile file, String sheet, String range, String note) {
    public SheetPicture(PolicyFile file, String sheet, String range) {
        this(file, sheet, range, "");
    }

    public SheetPicture withNote(String cell) {
        return new SheetPicture(file, sheet, range, cell);
    }

    /** Hex SHA-256 of everything that is seen: texts, colours, bold letters, frames, widths, the open note. */
    public String digest() {
        StringBuilder seen = new StringBuilder(range + "\n");
        CellRangeAddress area = CellRangeAddress.valueOf(range);
        try (XSSFWorkbook workbook = open()) {
            XSSFSheet shown = workbook.getSheet(sheet);
            for (CellAddress at : area) {
                XSSFRow row = shown.getRow(at.getRow());
                XSSFCell cell = row == null ? null : row.getCell(at.getColumn());
                if (cell != null) {
                    seen.append(at).append(' ').append(look(cell)).append('\n');
                }
            }
            for (int column = area.getFirstColumn(); column <= area.getLastColumn(); column++) {
                seen.append(shown.getColumnWidth(column)).append('\n');
            }
            if (!note.isEmpty()) {
                XSSFComment comment = shown.getCellComment(new CellAddress(note));
                seen.append(note).append(' ').append(comment.getString().getString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PolicyFile("seen", seen.toString().getBytes(StandardCharsets.UTF_8)).sha256();
    }

    private static String look(XSSFCell cell) {
        XSSFCellStyle style = cell.getCellStyle();
        String colour = Optional.ofNullable(style.getFillForegroundXSSFColor())
                .map(XSSFColor::getARGBHex)
                .orElse("");
        String value = cell.getCellType() == CellType.STRING ? cell.getStringCellValue() : cell.toString();
        return String.join(
                "|",
                value,
                style.getFillPattern().name(),
                colour,
                style.getFont().getBold() ? "bold" : "",
                String.valueOf(style.getFont().getFontHeightInPoints()),
                style.getBorderTop().name());
    }

    /** A workbook that prints nothing but this part, with the letters and numbers of its columns and rows. */
    public byte[] workbook() {
        try (XSSFWorkbook workbook = open();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            int shown = workbook.getSheetIndex(sheet);
            for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
                if (i != shown) {
                    workbook.setSheetVisibility(i, SheetVisibility.HIDDEN);
                }
            }
            workbook.setActiveSheet(shown);
            workbook.setPrintArea(shown, range.replaceAll("([A-Z]+)([0-9]+)", "\\$$1\\$$2"));
            XSSFSheet printed = workbook.getSheetAt(shown);
            printed.setPrintRowAndColumnHeadings(true);
            printed.getPrintSetup().setLandscape(true);
            printed.setFitToPage(true);
            printed.getPrintSetup().setFitHeight((short) 0);
            if (!note.isEmpty()) {
                printed.getCellComment(new CellAddress(note)).setVisible(true);
            }
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XSSFWorkbook open() throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(file.bytes()));
    }
}
