package io.leeway.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a later one looks back at. The accessors are what guardrails may ask of it, and speak for absent values as
 * the semantics want it.
 *
 * @param id of the decision, as {@link Trace#parent} spells it
 * @param at when it was decided, by the ledger's clock
 * @param money amount and currency; null where none was moved, or where only the decision itself is told
 * @param sameTrace whether both belong to one trace; false where that is not told
 * @param ageSeconds from then to the decision that looks back, never negative, exact to the microsecond
 */
public record PriorDecision(
        String id,
        String agent,
        String actionType,
        Instant at,
        @Nullable Money money,
        boolean sameTrace,
        BigDecimal ageSeconds) {

    /**
     * As it is seen at a time.
     *
     * @param now the ledger's time at the decision that looks back
     */
    public static PriorDecision seen(
            Instant now,
            String id,
            String agent,
            String actionType,
            Instant at,
            @Nullable Money money,
            boolean sameTrace) {
        Duration age = Duration.between(at, now);
        BigDecimal seconds = age.isNegative()
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(age.getSeconds()).add(BigDecimal.valueOf(age.getNano() / 1000, 6));
        return new PriorDecision(id, agent, actionType, at, money, sameTrace, seconds);
    }

    /** The amount in {@link #currency()}, null when absent. */
    public @Nullable BigDecimal amount() {
        return money == null ? null : money.value();
    }

    /** The currency, {@code ""} when there is no amount. */
    public String currency() {
        return money == null ? "" : money.currency();
    }
}
