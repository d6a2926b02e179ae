package io.leeway.policy;

import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One comparison that a row makes. A cell with two limits ({@code 500, 2000}) gives two conditions with the same cell.
 *
 * @param limit {@link String} for text, {@link BigDecimal} for numbers, {@link Boolean} for flags, a {@link List} of
 *     {@link String} for {@link Operator#IN} and {@link Operator#NOT_IN}
 * @param cell where the limit stands, {@code C12}
 */
public record Condition(Path path, Operator operator, Object limit, String cell) {

    /** Whether the proposal satisfies it. Absent numbers and flags satisfy nothing; an absent text is {@code ""}. */
    public boolean holds(Proposal proposal) {
        return accepts(path.valueOf(proposal));
    }

    /** Whether a value of the path satisfies it. */
    public boolean accepts(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        return switch (operator) {
            case IN -> ((List<?>) limit).contains(value);
            case NOT_IN -> !((List<?>) limit).contains(value);
            case STARTS_WITH -> ((String) value).startsWith((String) limit);
            default ->
                value instanceof BigDecimal number
                        ? operator.accepts(number.compareTo((BigDecimal) limit))
                        : operator.accepts(value.equals(limit) ? 0 : 1);
        };
    }

    /** What it asks, wherever it stands: equal for two conditions that ask the same. */
    List<Object> meaning() {
        return List.of(path, operator, limit instanceof List<?> list ? new HashSet<@Nullable Object>(list) : limit);
    }

    /** The limit as answers spell it. */
    public String limitText() {
        if (limit instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return limit instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : limit.toString();
    }
}
