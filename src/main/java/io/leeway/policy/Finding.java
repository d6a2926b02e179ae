package io.leeway.policy;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or worth knowing, about a policy file.
 *
 * @param code stable, lower case with dashes: {@code unknown-path}
 * @param sheet null for csv and DRL
 * @param cell {@code C12}; the line number for DRL; null when it concerns the whole file or sheet
 * @param message lower case, what was found in backticks, what is allowed, did-you-mean
 * @param help how to mend it, {@code ""} when the message says it all
 */
public record Finding(
        Severity severity,
        String code,
        String file,
        @Nullable String sheet,
        @Nullable String cell,
        String message,
        String help) {

    /** Only {@link #ERROR} keeps a policy from becoming active. */
    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    /** By file, sheet, row, column, code. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparing(finding -> finding.sheet() == null ? "" : finding.sheet())
            .thenComparingInt(finding -> digits(finding.cell()))
            .thenComparingInt(finding -> letters(finding.cell()).length())
            .thenComparing(finding -> letters(finding.cell()))
            .thenComparing(Finding::code);

    public static Finding error(
            String code, String file, @Nullable String sheet, @Nullable String cell, String message, String help) {
        return new Finding(Severity.ERROR, code, file, sheet, cell, message, help);
    }

    public static Finding warning(
            String code, String file, @Nullable String sheet, @Nullable String cell, String message, String help) {
        return new Finding(Severity.WARNING, code, file, sheet, cell, message, help);
    }

    /** Where the kind of finding is explained: what, why, how to mend it, with an example. */
    public String docs() {
        return "docs/findings.md#" + code;
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Where it is, as a person looks for it: {@code billing.xlsx › Remit › C12}; {@code ""} when it is about no file. */
    public String place() {
        return Stream.of(file, sheet, cell)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" › "));
    }

    /** One line for people: {@code billing.xlsx › Remit › C12: message (code). Help.} */
    @Override
    public String toString() {
        String place = place();
        return (place.isEmpty() ? "" : place + ": ") + message + " (" + code + ")."
                + (help.isBlank() ? "" : " " + advice());
    }

    private String advice() {
        String sentence = help.substring(0, 1).toUpperCase(Locale.ROOT) + help.substring(1);
        return sentence.matches("(?s).*[.!?]") ? sentence : sentence + ".";
    }

    private static String letters(@Nullable String cell) {
        return cell == null ? "" : cell.replaceAll("[^A-Z]", "");
    }

    private static int digits(@Nullable String cell) {
        String digits = cell == null ? "" : cell.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
    }
}
