package io.leeway.policy.check;

import io.leeway.model.Effect;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.Row;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as it was read, before it is known whether it is right: what the checks look at.
 *
 * @param sheet null for csv
 * @param titleCell where {@code RuleTable} stands
 * @param fixedPaths the paths that stand in the snippets, whatever the rows say
 * @param readable whether every column could be read; otherwise nothing can be said about what is not there
 */
public record DraftTable(
        String file,
        @Nullable String sheet,
        String title,
        String titleCell,
        List<FixedPath> fixedPaths,
        boolean readable,
        List<DraftRow> rows) {
    public DraftTable {
        fixedPaths = List.copyOf(fixedPaths);
        rows = List.copyOf(rows);
    }

    /** A path in a snippet, and the snippet's cell. */
    public record FixedPath(Path path, String cell) {}

    /**
     * A data row.
     *
     * @param id {@code ""} when it is missing
     * @param effect null when it is missing
     * @param conditions those that could be read
     * @param expires last day, with its cell; null for none
     * @param row null when something in it is wrong
     */
    public record DraftRow(
            String id,
            String idCell,
            @Nullable Effect effect,
            String effectCell,
            List<Condition> conditions,
            @Nullable Expiry expires,
            @Nullable Row row) {
        public DraftRow {
            conditions = List.copyOf(conditions);
        }
    }

    /** The last day of a row. */
    public record Expiry(LocalDate day, String cell) {}
}
