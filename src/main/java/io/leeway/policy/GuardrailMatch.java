package io.leeway.policy;

import io.leeway.model.Effect;
import io.leeway.model.PriorDecision;
import io.leeway.model.RuleSource;
import java.util.List;

/**
 * A DRL rule that fired. DRL only makes a verdict stricter, so its outcome never grants.
 *
 * @param rule the rule's name
 * @param owner from {@code @owner(...)}
 * @param prior the prior decisions that it found, newest first; empty where it only looked whether there are any
 */
public record GuardrailMatch(
        String rule, String owner, RuleSource source, Row.Outcome outcome, List<PriorDecision> prior) {
    public GuardrailMatch {
        if (outcome.effect() == Effect.GRANT) {
            throw new IllegalArgumentException("DRL rule " + rule + " grants; it may only require");
        }
        prior = List.copyOf(prior);
    }

    /** A rule that has found no prior decisions. */
    public GuardrailMatch(String rule, String owner, RuleSource source, Row.Outcome outcome) {
        this(rule, owner, source, outcome, List.of());
    }

    /** The same, having found these. */
    public GuardrailMatch having(List<PriorDecision> found) {
        return found.isEmpty() ? this : new GuardrailMatch(rule, owner, source, outcome, found);
    }
}
