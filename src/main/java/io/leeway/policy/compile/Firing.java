package io.leeway.policy.compile;

import io.leeway.model.PriorDecision;
import io.leeway.policy.GuardrailMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * Watches the firing of one session: bounds it in number and time, and notes which guardrails spoke. What a guardrail
 * says is known since it was compiled, so that it fired is all that matters, and once is enough, but for the prior decisions
 * that it found: those are gathered from all its matches.
 */
final class Firing implements AgendaFilter {
    private final Map<String, GuardrailMatch> guardrails;
    private final List<PriorDecision> prior;
    private final long deadlineNanos;
    private final Map<GuardrailMatch, Set<PriorDecision>> spoke;
    private long remaining;
    private boolean late;

    /**
     * @param guardrails by name of the rule
     * @param prior the prior decisions among the facts, newest first
     * @param limit how many matches there may be
     * @param deadlineNanos in {@link System#nanoTime()} terms
     */
    Firing(Map<String, GuardrailMatch> guardrails, List<PriorDecision> prior, long limit, long deadlineNanos) {
        this.guardrails = guardrails;
        this.prior = prior;
        this.spoke = guardrails.isEmpty() ? Map.of() : new HashMap<>();
        this.remaining = limit;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public boolean accept(Match match) {
        if (isLate() || --remaining < 0) {
            return false;
        }
        if (guardrails.isEmpty() || match.getRule().getPackageName().equals(RowModel.PACKAGE)) {
            return true;
        }
        GuardrailMatch guardrail = guardrails.get(match.getRule().getName());
        return guardrail != null && note(guardrail, match);
    }

    /** Whether it had not spoken before. */
    private boolean note(GuardrailMatch guardrail, Match match) {
        Set<PriorDecision> seen = spoke.get(guardrail);
        boolean first = seen == null;
        if (seen == null) {
            seen = new HashSet<>();
            spoke.put(guardrail, seen);
        }
        for (Object fact : match.getObjects()) {
            if (fact instanceof PriorDecision prior) {
                seen.add(prior);
            }
        }
        return first;
    }

    boolean isLate() {
        late = late || System.nanoTime() - deadlineNanos > 0;
        return late;
    }

    boolean isOverLimit() {
        return remaining < 0;
    }

    List<GuardrailMatch> guardrails() {
        if (spoke.isEmpty()) {
            return List.of();
        }
        List<GuardrailMatch> sorted = new ArrayList<>();
        spoke.forEach((guardrail, seen) -> sorted.add(guardrail.having(newestFirst(seen))));
        sorted.sort(Comparator.comparing(GuardrailMatch::rule));
        return sorted;
    }

    /** In the order of the proposal's activity: which match came first must not show. */
    private List<PriorDecision> newestFirst(Set<PriorDecision> seen) {
        return prior.stream().filter(seen::contains).toList();
    }
}
