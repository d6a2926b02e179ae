package io.leeway.policy.analysis;

import io.leeway.policy.Finding;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Path;
import io.leeway.policy.Row;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects conclusions, and what could not be concluded. Not thread-safe. */
final class Report {
    private final Space space;
    private final List<Conclusion> conclusions = new ArrayList<>();
    private final Map<FindingCode, List<String>> unanswered = new LinkedHashMap<>();

    Report(Space space) {
        this.space = space;
    }

    /**
     * Adds one.
     *
     * @param at the row that it stands at
     * @param cell {@code ""} for the row's first
     * @param others the other rows involved; the caps of stages among them are left out
     */
    void add(
            FindingCode code,
            Severity severity,
            Region at,
            String cell,
            String message,
            List<Region> others,
            @Nullable Point point) {
        Row row = at.row();
        String place = cell.isEmpty() ? row.range().replaceAll(":.*", "") : cell;
        List<Row> rows = new ArrayList<>(List.of(row));
        others.stream()
                .filter(it -> !space.caps().contains(it))
                .map(Region::row)
                .forEach(rows::add);
        add(new Finding(severity, code.code(), row.file(), row.sheet(), place, message, code.help()), rows, point);
    }

    void add(FindingCode code, Region at, String cell, String message, List<Region> others, @Nullable Point point) {
        add(code, code.severity(), at, cell, message, others, point);
    }

    /** Adds one about a guarantee; the rows are those involved. */
    void add(FindingCode code, Guarantee at, String cell, String message, List<Region> rows, @Nullable Point point) {
        Finding finding = new Finding(code.severity(), code.code(), at.file(), at.sheet(), cell, message, code.help());
        add(finding, rows.stream().map(Region::row).toList(), point);
    }

    /** Adds one that stands at no row, as none is near. */
    void add(FindingCode code, String message, @Nullable Point point) {
        add(new Finding(code.severity(), code.code(), "", null, null, message, code.help()), List.of(), point);
    }

    private void add(Finding finding, List<Row> rows, @Nullable Point point) {
        conclusions.add(new Conclusion(finding, rows, point == null ? null : Witness.of(space, point)));
    }

    /** A question that would have taken too long. */
    void tooLong(FindingCode code, String about) {
        unanswered.computeIfAbsent(code, it -> new ArrayList<>()).add(about);
    }

    /** Paths whose values are taken as free. */
    void unknown(List<Path> paths) {
        for (Path path : paths) {
            add(
                    FindingCode.ANALYSIS_INCOMPLETE,
                    "nothing is known here about `" + path.text()
                            + "`: its values are taken as free, so a gap, overlap or skipped value that depends on it may not"
                            + " come about",
                    null);
        }
    }

    List<Conclusion> conclusions() {
        List<Conclusion> all = new ArrayList<>(conclusions);
        unanswered.forEach((code, about) -> all.add(new Conclusion(
                new Finding(
                        FindingCode.ANALYSIS_INCOMPLETE.severity(),
                        FindingCode.ANALYSIS_INCOMPLETE.code(),
                        "",
                        null,
                        null,
                        "`" + code.code() + "` could not be settled for " + Wording.some(about)
                                + ": it would take too many steps",
                        FindingCode.ANALYSIS_INCOMPLETE.help()),
                List.of(),
                null)));
        return all;
    }
}
