package io.leeway.policy.table;

import io.leeway.policy.Path;
import io.leeway.policy.check.DraftTable.FixedPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param index counted from 0
 * @param condition what it compares; null when it is no condition
 */
record TableColumn(int index, ColumnKind kind, @Nullable ConditionSnippet condition) {
    /**
     * The paths that stand in the column itself, whatever its cells say.
     *
     * @param row where they stand, counted from 0
     */
    List<FixedPath> fixedPaths(int row) {
        List<FixedPath> paths = new ArrayList<>();
        if (condition != null) {
            for (ConditionSnippet.Comparison comparison : condition.comparisons()) {
                Path path = comparison.fixed();
                if (path != null) {
                    paths.add(new FixedPath(path, Address.text(row, index)));
                }
            }
        }
        return paths;
    }
}
