package io.leeway.policy.explain;

import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import java.util.Comparator;
import java.util.List;

/**
 * The rows that exactly one condition, or the date alone, kept from matching.
 *
 * @param nearest most useful first: what a caller could change, then what lies in agent, subject and trace, then the date,
 *     then rows about other types of action; grants before safeguards, and as in the files among equals
 * @param all how many there are
 */
public record NearMisses(List<RowReading> nearest, int all) {
    /** How many are listed: in a large policy hundreds may differ in the type of action alone. */
    public static final int LISTED = 50;

    private static final String TYPE = "action.type";

    public NearMisses {
        nearest = List.copyOf(nearest);
    }

    /** @param proposal with what is derived */
    public static NearMisses of(PolicyTables tables, Proposal proposal) {
        List<RowReading> found = tables.rows().stream()
                .map(row -> RowReading.of(row, proposal))
                .filter(RowReading::isNearMiss)
                .sorted(Comparator.comparingInt(NearMisses::remoteness)
                        .thenComparing(reading -> !reading.row().isAuthority()))
                .toList();
        return new NearMisses(found.subList(0, Math.min(LISTED, found.size())), found.size());
    }

    /** Whether some are not listed. */
    public boolean isShortened() {
        return all > nearest.size();
    }

    private static int remoteness(RowReading reading) {
        if (!reading.live()) {
            return 2;
        }
        String path = reading.failed().get(0).condition().path().text();
        if (path.equals(TYPE)) {
            return 3;
        }
        return path.startsWith("action.") || path.startsWith("evidence.") ? 0 : 1;
    }
}
