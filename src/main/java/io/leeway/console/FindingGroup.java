package io.leeway.console;

import io.leeway.policy.Finding;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.table.Excerpt;
import io.leeway.policy.table.Excerpts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found in one row of a sheet: the row as it stands there, with the cells that are meant, and what is said of them.
 *
 * @param place {@code billing.xlsx › Limits}; {@code ""} when it is about no file
 * @param line the row's number; {@code ""} where it is about a whole sheet or file
 * @param cells empty when the row cannot be shown
 */
record FindingGroup(String place, String line, List<Cell> cells, List<Finding> findings) {
    FindingGroup {
        cells = List.copyOf(cells);
        findings = List.copyOf(findings);
    }

    /** @param style {@code error}, {@code warning} or {@code info} where something is found in it, else {@code ""} */
    record Cell(String column, String label, String value, String style) {
        public boolean isLong() {
            return value.length() > SheetView.LONG;
        }
    }

    /** Rows in the order of the findings, which is that of the files; those with the gravest first. */
    static List<FindingGroup> of(List<Finding> findings, Excerpts excerpts) {
        Map<List<String>, List<Finding>> rows = findings.stream()
                .collect(Collectors.groupingBy(FindingGroup::row, LinkedHashMap::new, Collectors.toList()));
        return rows.values().stream()
                .map(inRow -> group(inRow, excerpts))
                .sorted(Comparator.comparing(FindingGroup::severity))
                .toList();
    }

    /** The gravest. */
    public Severity severity() {
        return findings.stream()
                .map(Finding::severity)
                .min(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    private static List<String> row(Finding finding) {
        return List.of(
                finding.file(),
                Objects.requireNonNullElse(finding.sheet(), ""),
                finding.cell() == null ? "" : finding.cell().replaceAll("[^0-9]", ""));
    }

    private static FindingGroup group(List<Finding> findings, Excerpts excerpts) {
        Finding first = findings.get(0);
        Optional<Excerpt> shown = findings.stream()
                .flatMap(finding -> excerpts.of(finding).stream())
                .max(Comparator.comparingInt(excerpt -> excerpt.fields().size()));
        String place = Stream.of(first.file(), first.sheet())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" › "));
        return new FindingGroup(
                place, row(first).get(2), shown.map(row -> cells(row, findings)).orElse(List.of()), findings);
    }

    private static List<Cell> cells(Excerpt row, List<Finding> findings) {
        return row.fields().stream()
                .map(field -> new Cell(
                        field.column(), field.label(), field.value(), style(field.column() + row.line(), findings)))
                .toList();
    }

    private static String style(String cell, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> cell.equals(finding.cell()))
                .map(Finding::severity)
                .min(Comparator.naturalOrder())
                .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
