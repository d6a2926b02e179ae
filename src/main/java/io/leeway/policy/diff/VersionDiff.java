package io.leeway.policy.diff;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a policy changes in another: in writing, and in who gets more leeway, proven over every proposal.
 *
 * @param cells what is written otherwise, by file, sheet, row and column
 * @param meaning of the whole
 * @param reason why the meaning is {@code UNPROVEN}; null otherwise
 * @param tables what the tables alone mean, one by one; empty where a version has errors
 * @param witnesses who gets more by the tables alone, then who gets less; empty where nothing could be proven of them
 */
public record VersionDiff(
        List<CellChange> cells,
        Meaning meaning,
        @Nullable String reason,
        List<TableMeaning> tables,
        List<Witness> witnesses) {
    public VersionDiff {
        cells = List.copyOf(cells);
        tables = List.copyOf(tables);
        witnesses = List.copyOf(witnesses);
    }

    /** Compares two versions. */
    public static VersionDiff of(VersionFiles before, VersionFiles after) {
        List<CellChange> cells = CellChanges.of(before, after);
        PolicyTables was = before.tables();
        PolicyTables is = after.tables();
        if (was == null || is == null) {
            String reason = "one of the two versions has errors";
            return new VersionDiff(cells, Meaning.UNPROVEN, reason, List.of(), List.of());
        }
        Comparison comparison = Comparison.of(was, is);
        String reason = reason(before, after, comparison);
        return new VersionDiff(
                cells,
                reason == null ? comparison.meaning() : Meaning.UNPROVEN,
                reason,
                TableMeaning.of(comparison, was, is),
                Witness.of(comparison));
    }

    private static @Nullable String reason(VersionFiles before, VersionFiles after, Comparison comparison) {
        if (!PolicyFile.digestOfRules(before.files()).equals(PolicyFile.digestOfRules(after.files()))) {
            return "the DRL rules differ, which only people can compare; what is said here is of the tables alone";
        }
        return comparison.meaning() != Meaning.UNPROVEN
                ? null
                : "days of calendars or rates that rows ask about differ, which only people can compare, or the proof would take"
                        + " too many steps";
    }

    /** The diff as it is answered, in canonical JSON. */
    public byte[] json() {
        return DiffJson.bytes(this);
    }
}
