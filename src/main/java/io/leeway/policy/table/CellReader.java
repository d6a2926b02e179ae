package io.leeway.policy.table;

import io.leeway.policy.Numbers;
import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a cell holds as what its column asks for. Each method answers null when that is not possible, and has then
 * reported why; formulas have been reported before, for the whole sheet.
 */
final class CellReader {
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final Source source;

    CellReader(Source source) {
        this.source = source;
    }

    /** A text that stands for something, without spaces around it. */
    @Nullable
    String text(CellValue value, int row, int column) {
        return words(value, row, column, false);
    }

    /** A text that people read. */
    @Nullable
    String sentence(CellValue value, int row, int column) {
        return words(value, row, column, true);
    }

    private @Nullable String words(CellValue value, int row, int column, boolean sentence) {
        String text = raw(value);
        if (text == null) {
            wrongType("text", value, row, column);
            return null;
        }
        if (Wording.isPlain(text)) {
            return text;
        }
        String fault = Wording.fault(text, sentence);
        if (fault != null) {
            source.report(FindingCode.BAD_CHARACTER, row, column, fault);
            return null;
        }
        if (Wording.hasSmartQuotes(text)) {
            source.report(FindingCode.SMART_QUOTES, row, column, "smart quotes in `" + text + "`");
        }
        String lookAlike = Wording.lookAlike(text, sentence);
        if (!lookAlike.isEmpty()) {
            source.report(FindingCode.LOOK_ALIKE, row, column, "`" + lookAlike + "` inside a value");
        }
        return text;
    }

    /** A number within 18 digits before and 17 after the point. */
    @Nullable
    BigDecimal number(CellValue value, int row, int column) {
        if (value instanceof CellValue.Decimal decimal) {
            if (Numbers.fits(decimal.number())) {
                return Numbers.normal(decimal.number());
            }
            source.report(
                    FindingCode.OUT_OF_RANGE,
                    row,
                    column,
                    value.described() + " has more than 18 digits before or 17 after the point");
            return null;
        }
        if (value instanceof CellValue.Text text) {
            if (Numbers.looksLikeOne(text.text())) {
                source.report(FindingCode.NUMBER_AS_TEXT, row, column, "number kept as " + value.described());
                return null;
            }
            wrongType("a number", value, row, column);
            return null;
        }
        BigDecimal number = value instanceof CellValue.Untyped untyped
                ? Numbers.parse(untyped.text().strip())
                : null;
        if (number == null) {
            wrongType("a plain number such as 500 or 0.85", value, row, column);
        }
        return number;
    }

    /** TRUE or FALSE in any case. */
    @Nullable
    Boolean flag(CellValue value, int row, int column) {
        if (value instanceof CellValue.Flag flag) {
            return flag.value();
        }
        String text = raw(value);
        boolean isTrue = "true".equalsIgnoreCase(text);
        if (!isTrue && !"false".equalsIgnoreCase(text)) {
            wrongType("TRUE or FALSE", value, row, column);
            return null;
        }
        return isTrue;
    }

    /** A day: a date cell without a time, ISO 8601 in CSV. */
    @Nullable
    LocalDate date(CellValue value, int row, int column) {
        if (value instanceof CellValue.Moment moment
                && moment.time().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return moment.time().toLocalDate();
        }
        LocalDate date = value instanceof CellValue.Untyped untyped
                ? isoDate(untyped.text().strip())
                : null;
        if (date == null) {
            wrongType("a date without a time, in CSV such as 2026-12-31", value, row, column);
        }
        return date;
    }

    /** The day that the text is in ISO 8601, null when it is none. */
    static @Nullable LocalDate isoDate(String text) {
        try {
            return ISO_DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Whether an {@code x} or TRUE switches on what has no value of its own; anything else is no switch. */
    boolean isSwitchedOn(CellValue value, int row, int column) {
        String text = raw(value);
        boolean on = (value instanceof CellValue.Flag flag && flag.value())
                || "x".equalsIgnoreCase(text)
                || "true".equalsIgnoreCase(text);
        if (!on) {
            wrongType("`x` or TRUE, or nothing", value, row, column);
        }
        return on;
    }

    /** The text without spaces around it, unchecked; null when it is none. */
    static @Nullable String raw(CellValue value) {
        if (value instanceof CellValue.Text text) {
            return text.text().strip();
        }
        return value instanceof CellValue.Untyped untyped ? untyped.text().strip() : null;
    }

    private void wrongType(String wanted, CellValue value, int row, int column) {
        if (!(value instanceof CellValue.Formula)) {
            source.report(FindingCode.WRONG_TYPE, row, column, "found " + value.described() + ", expected " + wanted);
        }
    }
}
