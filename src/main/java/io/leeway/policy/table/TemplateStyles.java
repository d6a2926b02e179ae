package io.leeway.policy.table;

import java.util.HexFormat;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** How templates look. Colours help people and decide nothing. */
final class TemplateStyles {
    private static final XSSFColor INK = colour("1F3864");
    private static final XSSFColor FRAME = colour("BFC7D1");
    private static final XSSFColor GREEN = colour("C6E0B4");
    private static final XSSFColor LIGHT_GREEN = colour("E8F3E0");
    private static final XSSFColor AMBER = colour("FFE08A");
    private static final XSSFColor LIGHT_AMBER = colour("FFF4D0");
    private static final XSSFColor GREY = colour("E4E9F0");

    final XSSFCellStyle title;
    final XSSFCellStyle key;
    final XSSFCellStyle text;
    final XSSFCellStyle topic;
    final XSSFCellStyle heading;
    final XSSFCellStyle cell;
    final XSSFCellStyle day;

    private final Bands grants;
    private final Bands safeguards;

    /** Of one kind of table: the row of its title, and that of its labels. */
    record Bands(XSSFCellStyle title, XSSFCellStyle labels) {}

    TemplateStyles(XSSFWorkbook workbook) {
        title = bold(workbook, plain(workbook), 14);
        key = bold(workbook, plain(workbook), 11);
        text = plain(workbook);
        topic = bold(workbook, framed(workbook), 11);
        heading = filled(topic, workbook, GREY);
        cell = framed(workbook);
        day = framed(workbook);
        day.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
        grants = bands(workbook, GREEN, LIGHT_GREEN);
        safeguards = bands(workbook, AMBER, LIGHT_AMBER);
    }

    Bands of(boolean authority) {
        return authority ? grants : safeguards;
    }

    private Bands bands(XSSFWorkbook workbook, XSSFColor colour, XSSFColor light) {
        return new Bands(filled(title, workbook, colour), filled(topic, workbook, light));
    }

    private static XSSFCellStyle plain(XSSFWorkbook workbook) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setVerticalAlignment(VerticalAlignment.TOP);
        return style;
    }

    private static XSSFCellStyle framed(XSSFWorkbook workbook) {
        XSSFCellStyle style = plain(workbook);
        style.setWrapText(true);
        style.setBorderTop(BorderStyle.THIN);
        style.setBorderBottom(BorderStyle.THIN);
        style.setBorderLeft(BorderStyle.THIN);
        style.setBorderRight(BorderStyle.THIN);
        style.setTopBorderColor(FRAME);
        style.setBottomBorderColor(FRAME);
        style.setLeftBorderColor(FRAME);
        style.setRightBorderColor(FRAME);
        return style;
    }

    private static XSSFCellStyle bold(XSSFWorkbook workbook, XSSFCellStyle style, int points) {
        XSSFFont font = workbook.createFont();
        font.setBold(true);
        font.setFontHeightInPoints((short) points);
        font.setColor(INK);
        style.setFont(font);
        return style;
    }

    private static XSSFCellStyle filled(XSSFCellStyle like, XSSFWorkbook workbook, XSSFColor colour) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.cloneStyleFrom(like);
        style.setFillForegroundColor(colour);
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        return style;
    }

    private static XSSFColor colour(String hex) {
        return new XSSFColor(HexFormat.of().parseHex(hex));
    }
}
