package io.leeway.policy.table;

import io.leeway.policy.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the cells of a layout speak: strictly in Drools sheets, as people write in plain ones. */
sealed interface LayoutCells permits ConditionReader, PlainCells {
    /** The conditions that the cell makes, none for {@code any}; null when it is wrong, which has then been reported. */
    @Nullable
    List<Condition> read(ConditionSnippet snippet, CellValue cell, int row, int column);

    /** The parts of a cell that lists so many values; null when it does not, which has then been reported. */
    @Nullable
    List<String> parts(CellValue cell, int count, int row, int column);

    /** A duration in ISO 8601, or the text as it is when it is none. */
    String duration(String text);
}
