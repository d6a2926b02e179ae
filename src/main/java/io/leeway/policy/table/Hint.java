package io.leeway.policy.table;

import org.apache.poi.ss.usermodel.DataValidation.ErrorStyle;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFDataValidation;
import org.apache.poi.xssf.usermodel.XSSFDataValidationHelper;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/**
 * What helps people to fill in a column: words that show beside the cell, and what the cell offers.
 *
 * @param title of the words, as a rule the column's label
 */
record Hint(String title, String prompt, Choice choice) {
    /** What spreadsheet programs keep of a title and of a text. */
    private static final int TITLE = 32;

    private static final int TEXT = 255;

    /** Puts it on the cells of a column, all counted from 0. */
    void putOn(XSSFSheet sheet, int firstRow, int lastRow, int column) {
        XSSFDataValidationHelper helper = new XSSFDataValidationHelper(sheet);
        XSSFDataValidation validation = (XSSFDataValidation) helper.createValidation(
                choice.constraint(Address.text(firstRow, column)),
                new CellRangeAddressList(firstRow, lastRow, column, column));
        validation.setEmptyCellAllowed(true);
        if (!prompt.isEmpty()) {
            validation.createPromptBox(clipped(title, TITLE), clipped(prompt, TEXT));
            validation.setShowPromptBox(true);
        }
        boolean refuses = !choice.refusal().isEmpty();
        validation.setShowErrorBox(refuses);
        if (refuses) {
            validation.setErrorStyle(ErrorStyle.STOP);
            validation.createErrorBox(clipped(title, TITLE), clipped(choice.refusal(), TEXT));
        }
        sheet.addValidationData(validation);
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
