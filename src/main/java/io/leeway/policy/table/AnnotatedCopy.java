package io.leeway.policy.table;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.util.Units;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a workbook for the one who mends it: cells with findings are coloured and have a note that says what is wrong,
 * and a sheet lists all findings with links. Nothing else changes and no formula is computed. Checked again, a mended copy
 * is as good as the workbook it is of.
 */
public final class AnnotatedCopy {
    /** POI keeps a tree of objects for each cell and note; and nobody mends more at once. */
    private static final int MOST_NOTES = 1000;

    private static final int NOTE_PIXELS = 260;

    private static final int NOTE_ROWS = 7;

    private static final int MOST_NOTE_COLUMNS = 30;

    /** Between two notes in one. */
    private static final String GAP = "\n\n";

    private static final Map<Finding.Severity, XSSFColor> COLOURS = colours();

    private final XSSFWorkbook workbook;
    private final Map<List<Object>, XSSFCellStyle> styles = new LinkedHashMap<>();

    private AnnotatedCopy(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    /**
     * Annotates a workbook, or a CSV file as a workbook.
     *
     * @param findings those of any file; the others are left out
     * @return empty for a file that cannot be read, and for DRL
     */
    public static Optional<PolicyFile> of(PolicyFile file, List<Finding> findings) {
        if (file.isDrl()) {
            return Optional.empty();
        }
        List<Finding> own =
                findings.stream().filter(it -> it.file().equals(file.name())).toList();
        // What our own reader refuses never reaches POI.
        try (XSSFWorkbook workbook = file.isCsv() ? fromCsv(file) : fromWorkbook(file)) {
            AnnotatedCopy copy = new AnnotatedCopy(workbook);
            copy.removeEarlier();
            copy.annotate(own);
            new FindingsSheet(workbook).write(own);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return Optional.of(new PolicyFile(file.isCsv() ? file.name() + ".xlsx" : file.name(), bytes.toByteArray()));
        } catch (UnreadableFileException | IOException | RuntimeException e) {
            // POI is stricter than our reader in some things, and says so with unchecked exceptions of any kind.
            return Optional.empty();
        }
    }

    /**
     * A mended copy without the colours, notes and list of the check that it is of.
     *
     * @return empty when it has none, or cannot be read
     */
    public static Optional<PolicyFile> cleaned(PolicyFile file) {
        if (!file.isWorkbook()) {
            return Optional.empty();
        }
        try (XSSFWorkbook workbook = fromWorkbook(file)) {
            boolean noted = new AnnotatedCopy(workbook).removeEarlier();
            boolean listed = new FindingsSheet(workbook).removeEarlier();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return noted || listed ? Optional.of(new PolicyFile(file.name(), bytes.toByteArray())) : Optional.empty();
        } catch (UnreadableFileException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static XSSFWorkbook fromWorkbook(PolicyFile file) throws UnreadableFileException, IOException {
        Workbook.read(file.bytes());
        return new XSSFWorkbook(new ByteArrayInputStream(file.bytes()));
    }

    private static XSSFWorkbook fromCsv(PolicyFile file) throws UnreadableFileException {
        Sheet csv = CsvFile.read(file.bytes());
        XSSFWorkbook workbook = new XSSFWorkbook();
        String name = file.name().substring(0, file.name().length() - ".csv".length());
        XSSFSheet sheet = workbook.createSheet(WorkbookUtil.createSafeSheetName(name));
        csv.rows().forEach((number, cells) -> {
            XSSFRow row = sheet.createRow(number);
            for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
                CellValue value = cells.at(column);
                if (value != null) {
                    row.createCell(column).setCellValue(value.shown());
                }
            }
        });
        return workbook;
    }

    /** A copy of a copy: what was found earlier is found again, or mended. Tells whether there was anything. */
    private boolean removeEarlier() {
        boolean removed = false;
        for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
            XSSFSheet sheet = workbook.getSheetAt(i);
            for (CellAddress at : List.copyOf(sheet.getCellComments().keySet())) {
                XSSFRow row = sheet.getRow(at.getRow());
                XSSFCell cell = row == null ? null : row.getCell(at.getColumn());
                removed |= cell != null && removeEarlier(cell);
            }
        }
        return removed;
    }

    private boolean removeEarlier(XSSFCell cell) {
        Comment note = cell.getCellComment();
        String text = note.getString().getString();
        int ours = text.startsWith(Notes.OURS) ? 0 : text.indexOf(GAP + Notes.OURS);
        if (ours >= 0) {
            cell.setCellStyle(style(cell, null));
        }
        if (ours == 0) {
            cell.removeCellComment();
        } else if (ours > 0) {
            note.setString(workbook.getCreationHelper().createRichTextString(text.substring(0, ours)));
        }
        return ours >= 0;
    }

    private void annotate(List<Finding> findings) {
        Map<List<Object>, XSSFCell> cells = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Address address = finding.cell() == null ? null : Address.parse(finding.cell());
            XSSFSheet sheet = finding.sheet() == null ? workbook.getSheetAt(0) : workbook.getSheet(finding.sheet());
            if (address == null || sheet == null || cells.size() == MOST_NOTES) {
                continue;
            }
            boolean first = !cells.containsKey(List.of(sheet, address));
            XSSFCell cell = cells.computeIfAbsent(List.of(sheet, address), it -> cell(sheet, address));
            if (first) {
                cell.setCellStyle(style(cell, finding.severity()));
            }
            note(
                    sheet,
                    cell,
                    Notes.OURS + FindingsSheet.shortened(finding.message()) + advice(finding) + " [" + finding.code()
                            + "]");
        }
    }

    private static String advice(Finding finding) {
        String end = finding.message().endsWith("?") ? "\n" : ".\n";
        return finding.help().isBlank() ? "" : end + finding.help();
    }

    private static XSSFCell cell(XSSFSheet sheet, Address address) {
        XSSFRow row =
                sheet.getRow(address.row()) == null ? sheet.createRow(address.row()) : sheet.getRow(address.row());
        return row.getCell(address.column(), XSSFRow.MissingCellPolicy.CREATE_NULL_AS_BLANK);
    }

    private void note(XSSFSheet sheet, XSSFCell cell, String text) {
        Comment note = cell.getCellComment();
        if (note == null) {
            XSSFClientAnchor anchor = anchor(sheet, cell.getRowIndex(), cell.getColumnIndex() + 1);
            note = sheet.createDrawingPatriarch().createCellComment(anchor);
            note.setAuthor("Leeway");
            note.setString(workbook.getCreationHelper().createRichTextString(text));
            cell.setCellComment(note);
        } else {
            String both = note.getString().getString() + GAP + text;
            note.setString(workbook.getCreationHelper().createRichTextString(both));
        }
    }

    /** A note is as wide whatever the columns are, so that it is read at a glance. */
    private static XSSFClientAnchor anchor(XSSFSheet sheet, int row, int column) {
        int last = column;
        float left = NOTE_PIXELS;
        // Columns may be of no width at all.
        while (left > sheet.getColumnWidthInPixels(last) && last < column + MOST_NOTE_COLUMNS) {
            left -= sheet.getColumnWidthInPixels(last++);
        }
        return new XSSFClientAnchor(
                0, 0, Math.round(left) * Units.EMU_PER_PIXEL, 0, column, row, last, row + NOTE_ROWS);
    }

    /** The cell's own style in the colour of a severity, without colour for null. Excel allows few styles, so they are shared. */
    private XSSFCellStyle style(XSSFCell cell, Finding.@Nullable Severity severity) {
        int index = cell.getCellStyle().getIndex();
        return styles.computeIfAbsent(List.of(index, String.valueOf(severity)), it -> {
            XSSFCellStyle style = workbook.createCellStyle();
            style.cloneStyleFrom(cell.getCellStyle());
            if (severity == null) {
                style.setFillPattern(FillPatternType.NO_FILL);
            } else {
                style.setFillForegroundColor(COLOURS.get(severity));
                style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            }
            return style;
        });
    }

    private static Map<Finding.Severity, XSSFColor> colours() {
        Map<Finding.Severity, XSSFColor> colours = new EnumMap<>(Finding.Severity.class);
        colours.put(Finding.Severity.ERROR, new XSSFColor(new byte[] {(byte) 0xff, (byte) 0xb3, (byte) 0xb3}));
        colours.put(Finding.Severity.WARNING, new XSSFColor(new byte[] {(byte) 0xff, (byte) 0xe6, (byte) 0x99}));
        colours.put(Finding.Severity.INFO, new XSSFColor(new byte[] {(byte) 0xcc, (byte) 0xe5, (byte) 0xff}));
        return colours;
    }
}
