package io.leeway.policy.table;

import io.leeway.policy.Numbers;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What a cell that is not blank holds. */
sealed interface CellValue {
    /** As messages name it: {@code text `abc`}. */
    String described();

    /** As the sheet shows it, formats aside. */
    String shown();

    /** A text cell of a workbook. */
    record Text(String text) implements CellValue {
        @Override
        public String described() {
            return "text `" + shortened(text) + "`";
        }

        @Override
        public String shown() {
            return text;
        }
    }

    /** A cell of a CSV file, or one part of a list: text that may stand for anything. */
    record Untyped(String text) implements CellValue {
        @Override
        public String described() {
            return "`" + shortened(text) + "`";
        }

        @Override
        public String shown() {
            return text;
        }
    }

    /** A number, as the shortest decimal that is the same double. */
    record Decimal(BigDecimal number) implements CellValue {
        @Override
        public String described() {
            return "number `" + (Numbers.fits(number) ? Numbers.normal(number).toPlainString() : number) + "`";
        }

        @Override
        public String shown() {
            return Numbers.fits(number) ? Numbers.normal(number).toPlainString() : number.toString();
        }
    }

    /** TRUE or FALSE. */
    record Flag(boolean value) implements CellValue {
        @Override
        public String described() {
            return "flag `" + (value ? "TRUE" : "FALSE") + "`";
        }

        @Override
        public String shown() {
            return value ? "TRUE" : "FALSE";
        }
    }

    /** A number in a date format. */
    record Moment(LocalDateTime time) implements CellValue {
        @Override
        public String described() {
            return "date `" + time + "`";
        }

        @Override
        public String shown() {
            return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? time.toLocalDate().toString()
                    : time.toString();
        }
    }

    /**
     * A formula; it is never computed.
     *
     * @param contradiction the result in the file where the formula itself says another, null otherwise
     */
    record Formula(String text, @Nullable String contradiction) implements CellValue {
        Formula(String text) {
            this(text, null);
        }

        @Override
        public String described() {
            String result = contradiction == null ? "" : " with the result `" + shortened(contradiction) + "`";
            return "formula `=" + shortened(text) + "`" + result;
        }

        @Override
        public String shown() {
            return "=" + text;
        }
    }

    /** An error such as {@code #REF!}, or something that no cell may hold. */
    record Broken(String text) implements CellValue {
        @Override
        public String described() {
            return "error `" + shortened(text) + "`";
        }

        @Override
        public String shown() {
            return text;
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }
}
