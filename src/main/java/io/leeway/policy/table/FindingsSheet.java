package io.leeway.policy.table;

import io.leeway.policy.Finding;
import java.util.List;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Hyperlink;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The list of findings in an annotated copy, with links to their cells. */
final class FindingsSheet {
    static final String NAME = "Findings";

    private static final List<String> HEADER = List.of("Severity", "Sheet", "Cell", "What", "How to mend it", "Code");
    /** In 256ths of a character. */
    private static final List<Integer> WIDTHS = List.of(2_800, 5_000, 2_400, 18_000, 18_000, 7_000);

    private final XSSFWorkbook workbook;

    FindingsSheet(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    /** Writes the sheet, in place of an earlier one. */
    void write(List<Finding> findings) {
        XSSFSheet sheet = workbook.createSheet(freeName());
        CellStyle wrapped = workbook.createCellStyle();
        wrapped.setWrapText(true);
        wrapped.setVerticalAlignment(VerticalAlignment.TOP);
        CellStyle bold = styleOf(true, false);
        CellStyle link = styleOf(false, true);
        line(sheet, 0, HEADER, bold);
        for (int i = 0; i < HEADER.size(); i++) {
            sheet.setColumnWidth(i, WIDTHS.get(i));
        }
        sheet.createFreezePane(0, 1);
        int row = 1;
        for (Finding finding : findings) {
            String place = finding.cell() == null ? "" : finding.cell();
            String name = finding.sheet() == null ? workbook.getSheetName(0) : finding.sheet();
            XSSFRow line = line(
                    sheet,
                    row++,
                    List.of(
                            finding.severity().toString(),
                            name,
                            place,
                            shortened(finding.message()),
                            finding.help(),
                            finding.code()),
                    wrapped);
            if (!place.isEmpty()) {
                Hyperlink target = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
                target.setAddress("'" + name.replace("'", "''") + "'!" + place);
                line.getCell(2).setHyperlink(target);
                line.getCell(2).setCellStyle(link);
            }
        }
    }

    /** What a cell shows in full, without characters that XML does not hold. */
    static String shortened(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cs}\uFFFE\uFFFF]", " ");
        return plain.length() <= 1000 ? plain : plain.substring(0, 999) + "…";
    }

    /** Removes the list of an earlier check; tells whether there was one. */
    boolean removeEarlier() {
        XSSFSheet earlier = workbook.getSheet(NAME);
        boolean ours = earlier != null && isOurs(earlier);
        if (ours) {
            workbook.removeSheetAt(workbook.getSheetIndex(earlier));
        }
        return ours;
    }

    private String freeName() {
        removeEarlier();
        String name = NAME;
        for (int i = 2; workbook.getSheet(name) != null; i++) {
            name = NAME + " " + i;
        }
        return name;
    }

    private static boolean isOurs(XSSFSheet sheet) {
        XSSFRow first = sheet.getRow(0);
        XSSFCell cell = first == null ? null : first.getCell(3);
        return cell != null && cell.toString().equals(HEADER.get(3));
    }

    private CellStyle styleOf(boolean bold, boolean link) {
        XSSFFont font = workbook.createFont();
        font.setBold(bold);
        if (link) {
            font.setUnderline(XSSFFont.U_SINGLE);
            font.setColor(IndexedColors.BLUE.getIndex());
        }
        CellStyle style = workbook.createCellStyle();
        style.setFont(font);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        return style;
    }

    private static XSSFRow line(XSSFSheet sheet, int number, List<String> texts, CellStyle style) {
        XSSFRow row = sheet.createRow(number);
        for (int i = 0; i < texts.size(); i++) {
            XSSFCell cell = row.createCell(i);
            cell.setCellValue(texts.get(i));
            cell.setCellStyle(style);
        }
        return row;
    }
}
