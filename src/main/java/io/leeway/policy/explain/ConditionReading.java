package io.leeway.policy.explain;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;

/** One condition of a row, held against one proposal. */
public record ConditionReading(Condition condition, Proposal proposal, boolean holds) {
    static ConditionReading of(Condition condition, Proposal proposal) {
        return new ConditionReading(condition, proposal, condition.holds(proposal));
    }

    /** What the proposal says, {@code `action.amount` is 620 USD}. */
    public String found() {
        return Phrases.found(condition, proposal);
    }

    /** What the row asks, {@code at most 500 USD}. */
    public String asked() {
        return Phrases.asked(condition, proposal);
    }

    /** By how much it fails, {@code 120 USD too much}; {@code ""} when it holds, or when there is no how much. */
    public String distance() {
        return holds ? "" : Phrases.distance(condition, proposal);
    }

    /** All of it: {@code C12: `action.amount` is 620 USD, asked is at most 500 USD (120 USD too much)}. */
    public String sentence() {
        String distance = distance();
        return condition.cell() + ": " + found() + ", asked is " + asked()
                + (distance.isEmpty() ? "" : " (" + distance + ")");
    }
}
