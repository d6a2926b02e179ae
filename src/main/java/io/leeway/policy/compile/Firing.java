package io.leeway.policy.compile;

import io.leeway.policy.GuardrailMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * Watches the firing of one session: bounds it in number and time, and notes which guardrails spoke. What a guardrail
 * says is known since it was compiled, so that it fired is all that matters, and once is enough.
 */
final class Firing implements AgendaFilter {
    private final Map<String, GuardrailMatch> guardrails;
    private final long deadlineNanos;
    private final Set<GuardrailMatch> spoke;
    private long remaining;
    private boolean late;

    /**
     * @param guardrails by name of the rule
     * @param limit how many matches there may be
     * @param deadlineNanos in {@link System#nanoTime()} terms
     */
    Firing(Map<String, GuardrailMatch> guardrails, long limit, long deadlineNanos) {
        this.guardrails = guardrails;
        this.spoke = guardrails.isEmpty() ? Set.of() : new LinkedHashSet<>();
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
        return guardrail != null && spoke.add(guardrail);
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
        List<GuardrailMatch> sorted = new ArrayList<>(spoke);
        sorted.sort(Comparator.comparing(GuardrailMatch::rule));
        return sorted;
    }
}
