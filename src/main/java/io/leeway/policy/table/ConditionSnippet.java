package io.leeway.policy.table;

import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a condition column compares, all of it at once.
 *
 * @param arity how many values the cell lists for {@code $1}, {@code $2} …; {@link #WHOLE} when it is one {@code $param},
 *     {@link #FIXED} when it only switches the condition on
 */
record ConditionSnippet(List<Comparison> comparisons, int arity) {
    static final int WHOLE = 0;
    static final int FIXED = -1;

    ConditionSnippet {
        comparisons = List.copyOf(comparisons);
    }

    /** Whether the whole cell is a list of texts. */
    boolean isList() {
        Operator operator = comparisons.get(0).operator();
        return operator == Operator.IN || operator == Operator.NOT_IN;
    }

    /**
     * One comparison. With {@link Operator#IN} or {@link Operator#NOT_IN} the whole cell is a list.
     *
     * @param fixed the path, null when an argument comes from the cell
     */
    record Comparison(
            String name,
            PathType type,
            List<Slot> arguments,
            @Nullable Path fixed,
            Operator operator,
            Slot operand) {
        Comparison {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A place for a value.
     *
     * @param index 0 for {@code $param}, n for {@code $n}, -1 when {@code literal} stands there
     */
    record Slot(int index, String literal) {
        boolean isFixed() {
            return index < 0;
        }
    }
}
