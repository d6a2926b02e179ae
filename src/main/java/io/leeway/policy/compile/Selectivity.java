package io.leeway.policy.compile;

import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order the conditions of a row are tested: what Drools can hash first, then what it can range-index, then the
 * rest; within each, the path with the most different limits first, since it tells the rows best apart. The order is the
 * same for all rows of a version, so that rules share nodes.
 */
final class Selectivity {
    private final Comparator<Condition> order;

    private Selectivity(Map<Path, Integer> limits) {
        this.order = Comparator.comparingInt(Selectivity::rank)
                .thenComparing(condition -> limits.getOrDefault(condition.path(), 0), Comparator.reverseOrder())
                .thenComparing(condition -> condition.path().text())
                .thenComparing(Condition::operator);
    }

    static Selectivity of(List<Row> rows) {
        Map<Path, Set<Object>> limits = new HashMap<>();
        for (Row row : rows) {
            for (Condition condition : row.conditions()) {
                Set<Object> seen = limits.computeIfAbsent(condition.path(), path -> new HashSet<>());
                if (condition.limit() instanceof List<?> list) {
                    seen.addAll(list);
                } else if (condition.limit() instanceof BigDecimal number) {
                    seen.add(number.stripTrailingZeros());
                } else {
                    seen.add(condition.limit());
                }
            }
        }
        Map<Path, Integer> counts = new HashMap<>();
        limits.forEach((path, seen) -> counts.put(path, seen.size()));
        return new Selectivity(counts);
    }

    List<Condition> order(List<Condition> conditions) {
        List<Condition> ordered = new ArrayList<>(conditions);
        ordered.sort(order);
        return ordered;
    }

    private static int rank(Condition condition) {
        if (condition.operator() == Operator.EQUAL || condition.operator() == Operator.IN) {
            return condition.path().type() == PathType.TEXT ? 0 : 2;
        }
        return condition.path().type() == PathType.NUMBER && condition.operator() != Operator.NOT_EQUAL ? 1 : 2;
    }
}
