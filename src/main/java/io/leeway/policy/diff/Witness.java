package io.leeway.policy.diff;

import io.leeway.model.Proposal;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who gets more leeway than before, or less, and the rows that make it so.
 *
 * @param message what is now, and what was; several in one where the same rows make several differences
 * @param rows of the version that gives more: those that give it; of the other: those that withheld it
 * @param proposal one that gets it, as the lane would show it to the rules; null when none can be made, as a row asks for what
 *     only recorded activity can show
 */
public record Witness(
        Change change,
        String message,
        List<Row> rows,
        @Nullable Proposal proposal) {
    public Witness {
        rows = List.copyOf(rows);
    }

    /** What they get. */
    public enum Change {
        MORE,
        LESS
    }

    /** One for each set of rows, those who get more first. */
    static List<Witness> of(Comparison comparison) {
        return Stream.concat(
                        grouped(Change.MORE, comparison.looser()).stream(),
                        grouped(Change.LESS, comparison.tighter()).stream())
                .toList();
    }

    private static List<Witness> grouped(Change change, List<Difference> differences) {
        Map<Set<String>, List<Difference>> groups = new LinkedHashMap<>();
        for (Difference difference : differences) {
            Set<String> ids = difference.rows().stream().map(Row::id).collect(Collectors.toCollection(TreeSet::new));
            groups.computeIfAbsent(ids, it -> new ArrayList<>()).add(difference);
        }
        return groups.values().stream().map(it -> of(change, it)).toList();
    }

    private static Witness of(Change change, List<Difference> differences) {
        Map<String, Row> rows = new LinkedHashMap<>();
        differences.forEach(it -> it.rows().forEach(row -> rows.putIfAbsent(row.id() + " " + row.place(), row)));
        return new Witness(
                change,
                differences.stream().map(Difference::message).distinct().collect(Collectors.joining("; ")),
                List.copyOf(rows.values()),
                differences.stream()
                        .map(Difference::witness)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
