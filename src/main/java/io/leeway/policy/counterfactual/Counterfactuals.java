package io.leeway.policy.counterfactual;

import io.leeway.model.Proposal;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.proof.Trial;
import java.util.List;

/**
 * The changes that would give a less strict mode: every least set of fields that a caller could change, with the nearest
 * values that do. Limits that DRL rules hold themselves are not among the values tried.
 *
 * @param changes most useful first: the least strict mode, then the fewest fields, then what is changed most readily
 * @param complete false when the search was cut short: what was found is exact and minimal, but there may be more
 */
public record Counterfactuals(List<Counterfactual> changes, boolean complete) {
    /** The most fields that one change may touch: nobody changes more for one action. */
    public static final int MOST_FIELDS = 4;

    public Counterfactuals {
        changes = List.copyOf(changes);
    }

    /**
     * Searches for at most half a second, and most often some milliseconds.
     *
     * @param proposal with what is derived; stage and agent stay as they are
     */
    public static Counterfactuals of(CompiledPolicy policy, Proposal proposal) {
        return of(policy, proposal, new Budget(Budget.STEPS, Budget.TIME));
    }

    static Counterfactuals of(CompiledPolicy policy, Proposal proposal, Budget budget) {
        if (policy.tables().unlisted(proposal) != null) {
            return new Counterfactuals(List.of(), true);
        }
        List<Counterfactual> changes = new Search(policy, proposal, budget)
                .below(Trial.of(policy, proposal).mode());
        return new Counterfactuals(changes, !budget.isSpent());
    }
}
