package io.leeway.policy.table;

import io.leeway.policy.PolicyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Writes grids as a workbook, or one as CSV. */
final class GridFiles {
    private GridFiles() {}

    /** The grid as CSV in UTF-8; numbers and dates as the dialect reads them. */
    static PolicyFile csv(String file, Grid grid) {
        StringBuilder text = new StringBuilder();
        List<List<@Nullable Object>> lines = new ArrayList<>();
        boolean named = !grid.lines().isEmpty() && grid.word().equals(text(first(grid)));
        if (!grid.word().isEmpty() && !named) {
            List<@Nullable Object> word = new ArrayList<>();
            word.add(grid.word());
            lines.add(word);
        }
        lines.addAll(grid.lines());
        for (List<@Nullable Object> line : lines) {
            text.append(line.stream().map(it -> quoted(text(it))).collect(Collectors.joining(",")))
                    .append('\n');
        }
        return new PolicyFile(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object first(Grid grid) {
        List<@Nullable Object> line = grid.lines().get(0);
        return line.isEmpty() ? null : line.get(0);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "TRUE" : "FALSE";
        }
        return value == null ? "" : value.toString();
    }

    /** A lone comma would otherwise be taken for the delimiter of another file. */
    private static String quoted(String text) {
        return text.matches("[^\",;\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The grids as the sheets of a workbook. */
    static PolicyFile xlsx(String file, List<Grid> grids) {
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            CellStyle date = workbook.createCellStyle();
            date.setDataFormat(workbook.getCreationHelper().createDataFormat().getFormat("yyyy-mm-dd"));
            for (Grid grid : grids) {
                Sheet sheet = workbook.createSheet(WorkbookUtil.createSafeSheetName(grid.name()));
                for (int i = 0; i < grid.lines().size(); i++) {
                    line(sheet, i, grid.lines().get(i), date);
                }
            }
            workbook.write(bytes);
            return new PolicyFile(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(Sheet sheet, int number, List<@Nullable Object> values, CellStyle date) {
        Row row = sheet.createRow(number);
        int object = -1;
        for (int column = 0; column < values.size(); column++) {
            Object value = values.get(column);
            boolean isObject = Grid.OBJECT.equals(value);
            if (isObject && object < 0) {
                object = column;
                row.createCell(column).setCellValue(Grid.OBJECT.replace("...", ""));
            } else if (value != null && !isObject) {
                Cell cell = row.createCell(column);
                put(cell, value);
                if (value instanceof LocalDate) {
                    cell.setCellStyle(date);
                }
            }
            boolean ends = isObject && (column + 1 == values.size() || !Grid.OBJECT.equals(values.get(column + 1)));
            if (ends && object < column) {
                sheet.addMergedRegion(new CellRangeAddress(number, number, object, column));
            }
            object = ends ? -1 : object;
        }
    }

    /** Puts a value into a cell: a number, a flag, a day (which needs a style of its own), or else a text. */
    static void put(Cell cell, Object value) {
        if (value instanceof BigDecimal number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            cell.setCellValue(flag);
        } else if (value instanceof LocalDate day) {
            cell.setCellValue(day);
        } else {
            cell.setCellValue(value.toString());
        }
    }
}
