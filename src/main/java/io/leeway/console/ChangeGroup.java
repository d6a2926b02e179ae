package io.leeway.console;

import io.leeway.policy.diff.CellChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is written otherwise in one row, or one file.
 *
 * @param place {@code billing.xlsx › Limits}
 * @param rule its id, {@code ""} where there is none
 */
record ChangeGroup(String place, String rule, List<CellChange> changes) {
    ChangeGroup {
        changes = List.copyOf(changes);
    }

    /** In the order of the changes. */
    static List<ChangeGroup> of(List<CellChange> changes) {
        Map<List<String>, List<CellChange>> rows = changes.stream()
                .collect(Collectors.groupingBy(ChangeGroup::row, LinkedHashMap::new, Collectors.toList()));
        return rows.entrySet().stream()
                .map(row -> new ChangeGroup(row.getKey().get(0), row.getKey().get(1), row.getValue()))
                .toList();
    }

    private static List<String> row(CellChange change) {
        String place = Stream.of(change.file(), change.sheet())
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining(" › "));
        String line = change.cell() == null ? "" : change.cell().replaceAll("[^0-9]", "");
        return List.of(
                place,
                Objects.requireNonNullElse(change.rule(), ""),
                line,
                change.kind() == CellChange.Kind.REMOVED ? "-" : "");
    }
}
