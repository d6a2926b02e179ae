package io.leeway.model;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was lately done, as one proposal sees it: everything before its position in the ledger, and nothing of itself. What is
 * not in here was not asked, and counts as nothing.
 *
 * @param before by {@link ActivityQuery#text}
 */
public record Activity(Map<String, Before> before) {
    public static final Activity NONE = new Activity(Map.of());

    public Activity {
        before = Map.copyOf(before);
    }

    /**
     * What one question came to.
     *
     * @param number decisions, money, other agents; of {@link ActivityQuery.Measure#RECENTLY} 1 when there was one, else 0; of
     *     {@link ActivityQuery.Measure#RETURNS} with the proposal's own agent coming back, as only who acts next tells whether it does
     * @param decisions those that are to be named, newest first; most questions name none
     */
    public record Before(BigDecimal number, List<PriorDecision> decisions) {
        public static final Before NOTHING = new Before(BigDecimal.ZERO, List.of());

        public Before {
            decisions = List.copyOf(decisions);
        }
    }

    /** What the question came to; nothing when it was not asked. */
    public Before of(ActivityQuery query) {
        return before.getOrDefault(query.text(), Before.NOTHING);
    }

    /** Whether the question was asked, and has an answer. */
    public boolean knows(ActivityQuery query) {
        return before.containsKey(query.text());
    }

    /** The same with another answer to one question. */
    public Activity with(ActivityQuery query, Before answer) {
        Map<String, Before> more = new HashMap<>(before);
        more.put(query.text(), answer);
        return new Activity(more);
    }
}
