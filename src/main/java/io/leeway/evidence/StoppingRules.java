package io.leeway.evidence;

import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rules of which each alone keeps a verdict from being autonomous: every safeguard, stage and stop that asks for more, and where the
 * grants give less, those that give the most. {@link Cause} says the same of two verdicts.
 */
final class StoppingRules {
    private static final Map<ReasonCode, String> WITHOUT_GRANT = Map.of(
            ReasonCode.NO_AUTHORITY, "No rule puts this action inside an agent's remit.",
            ReasonCode.NO_POLICY, "No policy version was active.",
            ReasonCode.UNKNOWN_ACTION, "The policy did not know this action type.",
            ReasonCode.EVALUATION_ERROR, "The rules could not be evaluated.",
            ReasonCode.DEADLINE, "The rules were not done in time.");

    private StoppingRules() {}

    /** None for an autonomous verdict, and at least one for any other. */
    static List<MatchedRule> of(Verdict verdict) {
        List<MatchedRule> rules = new ArrayList<>();
        Mode authority = Authority.of(verdict);
        for (MatchedRule rule : verdict.matched()) {
            boolean asks = rule.effect() != Effect.GRANT && rule.mode() != Mode.AUTONOMOUS;
            boolean givesLittle =
                    rule.effect() == Effect.GRANT && authority == rule.mode() && authority != Mode.AUTONOMOUS;
            if (asks || givesLittle) {
                rules.add(rule);
            }
        }
        verdict.reasonCodes().stream()
                .filter(WITHOUT_GRANT::containsKey)
                .findFirst()
                .ifPresent(code -> rules.add(standsIn(code)));
        return rules;
    }

    private static MatchedRule standsIn(ReasonCode code) {
        return new MatchedRule(
                code.name(),
                Effect.REQUIRE,
                Mode.HUMAN_IN_CONTROL,
                true,
                null,
                WITHOUT_GRANT.getOrDefault(code, ""),
                null,
                null,
                List.of());
    }
}
