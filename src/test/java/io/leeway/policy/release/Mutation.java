package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellCopyPolicy;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in one workbook. The row is found by its first cell; the column by its label, a head's line has its value beside
 * its key. What is null is not done.
 *
 * @param kind what people do
 * @param what in words
 * @param set writes the cell
 * @param clear empties the cell
 * @param label renames the column, in the row of labels above
 * @param swap exchanges the cell with that of this row
 * @param delete removes the row
 * @param copy puts a copy below, under this id; what is set is set there
 * @param table begins the row's table with these words
 * @param missed why no error and no warning comes of it
 */
record Mutation(
        String kind,
        String what,
        String file,
        String sheet,
        String row,
        @Nullable String column,
        @Nullable Object set,
        @Nullable Boolean clear,
        @Nullable String label,
        @Nullable String swap,
        @Nullable Boolean delete,
        @Nullable String copy,
        @Nullable String table,
        @Nullable String missed) {
    /** The first cell of a row of labels. */
    private static final Set<String> HEADERS = Set.of("Id", "Type", "Attribute", "Label", "List");

    /** The files with the mistake made in one of them. */
    List<PolicyFile> in(List<PolicyFile> files) {
        return files.stream()
                .map(it -> it.name().equals(file) ? new PolicyFile(file, made(it.bytes())) : it)
                .toList();
    }

    private byte[] made(byte[] bytes) {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            String before = text(workbook);
            make(Objects.requireNonNull(workbook.getSheet(sheet), sheet));
            assertThat(text(workbook).equals(before))
                    .as("%s changes nothing", this)
                    .isFalse();
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make(XSSFSheet in) {
        int at = find(in, row);
        if (delete != null) {
            int last = in.getLastRowNum();
            in.removeRow(in.getRow(at));
            if (at < last) {
                in.shiftRows(at + 1, last, -1);
            }
            return;
        }
        if (table != null) {
            in.getRow(above(in, at) - 1).getCell(0).setCellValue(table);
            return;
        }
        if (copy != null) {
            in.shiftRows(at + 1, in.getLastRowNum(), 1);
            in.copyRows(at, at, at + 1, new CellCopyPolicy());
            at++;
            in.getRow(at).getCell(0).setCellValue(copy);
        }
        int index = column == null ? 1 : index(in.getRow(above(in, at)), column);
        Cell cell = in.getRow(at).getCell(index, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        if (label != null) {
            in.getRow(above(in, at)).getCell(index).setCellValue(label);
        } else if (swap != null) {
            swap(cell, in.getRow(find(in, swap)).getCell(index));
        } else if (clear != null) {
            cell.setBlank();
        } else {
            write(cell, Objects.requireNonNull(set, what));
        }
    }

    private static int find(XSSFSheet in, String first) {
        for (Row row : in) {
            if (first(row).equals(first)) {
                return row.getRowNum();
            }
        }
        throw new AssertionError("no row `" + first + "` in " + in.getSheetName());
    }

    private static int above(XSSFSheet in, int at) {
        int labels = at;
        while (in.getRow(labels) == null || !HEADERS.contains(first(in.getRow(labels)))) {
            labels--;
        }
        return labels;
    }

    private static int index(Row labels, String column) {
        for (Cell cell : labels) {
            if (cell.getStringCellValue().equals(column)) {
                return cell.getColumnIndex();
            }
        }
        throw new AssertionError("no column `" + column + "`");
    }

    private static String first(Row row) {
        Cell cell = row.getCell(0);
        return cell == null || cell.getCellType() != CellType.STRING ? "" : cell.getStringCellValue();
    }

    private static void swap(Cell one, Cell other) {
        if (one.getCellType() == CellType.NUMERIC) {
            double value = one.getNumericCellValue();
            one.setCellValue(other.getNumericCellValue());
            other.setCellValue(value);
        } else {
            String value = one.getStringCellValue();
            one.setCellValue(other.getStringCellValue());
            other.setCellValue(value);
        }
    }

    private static void write(Cell cell, Object value) {
        if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else {
            cell.setCellValue(value.toString());
        }
    }

    private static String text(XSSFWorkbook workbook) {
        StringBuilder text = new StringBuilder();
        workbook.forEach(sheet -> sheet.forEach(row ->
                row.forEach(cell -> text.append(cell.getAddress()).append(cell).append('\n'))));
        return text.toString();
    }

    @Override
    public String toString() {
        return kind + ": " + what + " (" + file + " " + sheet + " " + row + ")";
    }
}
