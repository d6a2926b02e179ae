package io.leeway.testing;

import io.leeway.policy.PolicyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * What a person types into one cell of a workbook.
 *
 * @param value a {@link String}, kept as text whatever it looks like, or a {@link Number}
 */
public record CellEdit(String sheet, String cell, Object value) {
    /** The workbook after all of them; everything else stays as it was. */
    public static PolicyFile apply(PolicyFile file, List<CellEdit> edits) {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file.bytes()));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            edits.forEach(it -> it.apply(workbook));
            workbook.write(bytes);
            return new PolicyFile(file.name(), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(XSSFWorkbook workbook) {
        CellReference at = new CellReference(cell);
        XSSFSheet in = workbook.getSheet(sheet);
        XSSFRow row = in.getRow(at.getRow()) == null ? in.createRow(at.getRow()) : in.getRow(at.getRow());
        XSSFCell target = row.getCell(at.getCol(), XSSFRow.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        if (value instanceof Number number) {
            target.setCellValue(number.doubleValue());
        } else {
            target.setCellValue(value.toString());
        }
    }
}
