package io.leeway.evidence;

import io.leeway.model.Mode;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the steps of a trace come to together.
 *
 * @param steps how many were summed
 * @param modes how many came to each mode, all three
 * @param money by currency
 * @param agents how many decisions each agent asked for, by its id
 * @param depth of the deepest step, 0 for the first
 */
public record TraceTotals(
        long steps, Map<Mode, Long> modes, Map<String, Amounts> money, Map<String, Long> agents, long depth) {
    public TraceTotals {
        modes = Collections.unmodifiableMap(new EnumMap<>(modes));
        money = Collections.unmodifiableMap(new TreeMap<>(money));
        agents = Collections.unmodifiableMap(new TreeMap<>(agents));
    }

    /**
     * Money of one currency.
     *
     * @param proposed that agents wanted to move
     * @param permitted that they were given a permit for
     * @param consumed whose permit was used
     */
    public record Amounts(BigDecimal proposed, BigDecimal permitted, BigDecimal consumed) {
        private static Amounts of(TraceLink step, BigDecimal value) {
            return new Amounts(
                    value, step.permitted() ? value : BigDecimal.ZERO, step.consumed() ? value : BigDecimal.ZERO);
        }

        private Amounts plus(Amounts other) {
            return new Amounts(
                    proposed.add(other.proposed), permitted.add(other.permitted), consumed.add(other.consumed));
        }
    }

    static TraceTotals of(Collection<TraceLink> steps) {
        Map<Mode, Long> modes = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            modes.put(mode, 0L);
        }
        Map<String, Amounts> money = new TreeMap<>();
        Map<String, Long> agents = new TreeMap<>();
        long deepest = 0;
        for (TraceLink step : steps) {
            modes.merge(step.mode(), 1L, Long::sum);
            agents.merge(step.agent(), 1L, Long::sum);
            Money amount = step.amount();
            if (amount != null) {
                money.merge(amount.currency(), Amounts.of(step, amount.value()), Amounts::plus);
            }
            Long depth = step.depth();
            deepest = depth == null ? deepest : Math.max(deepest, depth);
        }
        return new TraceTotals(steps.size(), modes, money, agents, deepest);
    }
}
