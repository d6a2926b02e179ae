package io.leeway.policy;

import io.leeway.model.Stage;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values of a path that stand for all others: whatever any value makes of the conditions, one of these makes of them, as far
 * as the path can have it.
 */
public final class PathValues {
    /** What texts get appended to be none of those that conditions name. */
    private static final String OTHER = "other";

    /** What ISO 4217 has for "no currency". */
    private static final String NO_CURRENCY = "XXX";

    private PathValues() {}

    /**
     * The values; limits themselves come first.
     *
     * @param conditions on this path
     */
    public static Collection<Object> around(Path path, List<Condition> conditions, PolicyTables tables) {
        return switch (path.type()) {
            case FLAG -> List.of(true, false);
            case NUMBER -> numbers(path, conditions);
            case TEXT -> texts(path, conditions, tables);
        };
    }

    /** Each limit, the middles between neighbours, and what lies beyond the outermost. */
    private static Collection<Object> numbers(Path path, List<Condition> conditions) {
        TreeSet<BigDecimal> limits = new TreeSet<>();
        conditions.forEach(condition -> limits.add((BigDecimal) condition.limit()));
        Set<Object> values = new LinkedHashSet<>(limits);
        BigDecimal below = null;
        for (BigDecimal limit : limits) {
            values.add(below == null ? limit.subtract(BigDecimal.ONE) : middle(below, limit));
            values.add(beside(limit, -1));
            values.add(beside(limit, 1));
            below = limit;
        }
        values.add(below == null ? BigDecimal.ONE : below.add(BigDecimal.ONE));
        values.add(BigDecimal.ZERO);
        values.removeIf(value -> Vocabulary.problemWith(path, (BigDecimal) value) != null);
        return values;
    }

    private static BigDecimal middle(BigDecimal low, BigDecimal high) {
        return Numbers.normal(low.add(high).divide(BigDecimal.valueOf(2)));
    }

    /** The next value in the places that people write. */
    private static BigDecimal beside(BigDecimal limit, int direction) {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(Math.max(2, limit.scale()));
        return Numbers.normal(direction < 0 ? limit.subtract(unit) : limit.add(unit));
    }

    private static Collection<Object> texts(Path path, List<Condition> conditions, PolicyTables tables) {
        String attribute = Vocabulary.attributeOf(path);
        AttributeType declared = tables.attributes().get(attribute == null ? path.text() : attribute);
        if (declared != null && !declared.allowed().isEmpty()) {
            return List.copyOf(declared.allowed());
        }
        if (path.text().equals("action.type") && !tables.actions().isEmpty()) {
            return tables.actions().keySet().stream()
                    .sorted()
                    .map(type -> (Object) type)
                    .toList();
        }
        if (path.text().startsWith("now.weekday")) {
            return List.copyOf(Vocabulary.weekdays());
        }
        Set<Object> values = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            if (condition.limit() instanceof List<?> list) {
                values.addAll(list);
            } else {
                values.add(condition.limit());
            }
        }
        conditions.stream()
                .filter(it -> it.operator() == Operator.STARTS_WITH)
                .forEach(it -> values.add(it.limit() + OTHER));
        values.add(other(path));
        return values;
    }

    /** Something that no condition is likely to name, and that the path can still be. */
    private static String other(Path path) {
        return switch (path.text()) {
            case "action.currency" -> NO_CURRENCY;
            case "agent.stage" -> Stage.FULL.name();
            default -> OTHER;
        };
    }
}
