package io.leeway.policy.table;

import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import java.util.ArrayList;
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

    /** The same with its paths bound to where it stands. */
    ConditionSnippet in(PathScope scope) throws SnippetException {
        List<Comparison> bound = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            bound.add(comparison.fixed() == null ? comparison : comparison.in(scope));
        }
        return new ConditionSnippet(bound, arity);
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

        private Comparison in(PathScope scope) throws SnippetException {
            List<String> literals = arguments.stream().map(Slot::literal).toList();
            Vocabulary.Lookup found = Vocabulary.path(name, literals, scope);
            if (found instanceof Vocabulary.Refused refused) {
                throw new SnippetException(SnippetParser.code(refused.reason()), refused.message());
            }
            Path path = ((Vocabulary.Found) found).path();
            return new Comparison(name, type, arguments, path, operator, operand);
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
