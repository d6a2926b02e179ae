package io.leeway.policy;

import io.leeway.model.Effect;
import io.leeway.model.RuleSource;

/**
 * A DRL rule that fired. DRL only makes a verdict stricter, so its outcome never grants.
 *
 * @param rule the rule's name
 * @param owner from {@code @owner(...)}
 */
public record GuardrailMatch(String rule, String owner, RuleSource source, Row.Outcome outcome) {
    public GuardrailMatch {
        if (outcome.effect() == Effect.GRANT) {
            throw new IllegalArgumentException("DRL rule " + rule + " grants; it may only require");
        }
    }
}
