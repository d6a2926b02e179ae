package io.leeway.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules, the stage and the stops say of one proposal: everything of the answer that is re-executable, and
 * nothing that depends on the position in the ledger.
 *
 * @param reason {@code because} of the first decisive rule, verbatim
 * @param matched by file, sheet and row, then DRL by name, then stage and stops
 * @param requires who must approve; empty unless the directive is {@link Directive#AWAIT_APPROVAL}
 * @param expiresAt end of the permit or of the approval; null when there is neither
 */
public record Verdict(
        Mode mode,
        Directive directive,
        String reason,
        List<ReasonCode> reasonCodes,
        List<MatchedRule> matched,
        List<Obligation> obligations,
        List<ApprovalRequirement> requires,
        @Nullable Instant expiresAt) {
    public Verdict {
        reasonCodes = List.copyOf(reasonCodes);
        matched = List.copyOf(matched);
        obligations = List.copyOf(obligations);
        requires = List.copyOf(requires);
    }
}
