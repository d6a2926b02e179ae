package io.leeway.policy.table;

import java.util.List;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationConstraint.OperatorType;
import org.apache.poi.ss.usermodel.DataValidationConstraint.ValidationType;
import org.apache.poi.xssf.usermodel.XSSFDataValidationConstraint;

/** What a cell offers in a drop-down, and what else may be typed into it. */
sealed interface Choice {
    /** Without a drop-down. */
    Choice ANYTHING = new Anything();

    /** A number, or {@code any} for no limit. */
    Choice NUMBER_OR_ANY = new NumberOrAny();

    /**
     * As a spreadsheet program keeps it.
     *
     * @param cell the first cell that it is for, {@code D8}: formulas about it move on with the others
     */
    DataValidationConstraint constraint(String cell);

    /** What people are told who type something else; {@code ""} where that is not refused. */
    default String refusal() {
        return "";
    }

    /** Whatever is typed. */
    record Anything() implements Choice {
        @Override
        public DataValidationConstraint constraint(String cell) {
            return new XSSFDataValidationConstraint(ValidationType.ANY, OperatorType.IGNORED, null, null);
        }
    }

    /** These words in a drop-down. */
    record Words(List<String> words, boolean closed) implements Choice {
        /** More would not fit into a file. */
        private static final int MOST = 255;

        public Words {
            words = List.copyOf(words);
        }

        /** Those words and no others. */
        static Choice only(List<String> words) {
            return new Words(words, true);
        }

        /** Those words, and whatever else is typed. Without a drop-down when they are none, or too many for one. */
        static Choice among(List<String> words) {
            return words.isEmpty() || String.join(",", words).length() > MOST ? ANYTHING : new Words(words, false);
        }

        @Override
        public DataValidationConstraint constraint(String cell) {
            return new XSSFDataValidationConstraint(words.toArray(new String[0]));
        }

        @Override
        public String refusal() {
            return closed ? "Choose one of: " + String.join(", ", words) + "." : "";
        }
    }

    /** What stands in other cells of the workbook, in a drop-down; whatever else is typed counts too. */
    record Cells(String formula) implements Choice {
        @Override
        public DataValidationConstraint constraint(String cell) {
            return new XSSFDataValidationConstraint(ValidationType.LIST, formula);
        }
    }

    /** A number kept as a number, or {@code any}. */
    record NumberOrAny() implements Choice {
        @Override
        public DataValidationConstraint constraint(String cell) {
            return new XSSFDataValidationConstraint(
                    ValidationType.FORMULA, "OR(ISNUMBER(" + cell + ")," + cell + "=\"any\")");
        }

        @Override
        public String refusal() {
            return "Type a plain number, such as 500 or 0.85, or the word any for no limit.";
        }
    }
}
