package io.leeway.evidence;

import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.util.Set;

/** What the grants of a verdict came to, out of what is recorded. */
final class Authority {
    /** Where no grant counts, whatever the rows say. */
    private static final Set<ReasonCode> WITHOUT_GRANT = Set.of(
            ReasonCode.NO_AUTHORITY,
            ReasonCode.NO_POLICY,
            ReasonCode.UNKNOWN_ACTION,
            ReasonCode.EVALUATION_ERROR,
            ReasonCode.DEADLINE);

    private Authority() {}

    /** The most lenient mode that was granted; human in control when none was. */
    static Mode of(Verdict verdict) {
        Mode authority = Mode.HUMAN_IN_CONTROL;
        for (MatchedRule rule : verdict.matched()) {
            if (rule.effect() == Effect.GRANT) {
                authority = authority.moreLenient(rule.mode());
            }
        }
        boolean granted = verdict.reasonCodes().stream().noneMatch(WITHOUT_GRANT::contains);
        return granted ? authority : Mode.HUMAN_IN_CONTROL;
    }
}
