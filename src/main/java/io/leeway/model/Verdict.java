package io.leeway.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules, the stage and the stops say of one proposal: everything of the answer that is re-executable, and
 * nothing that depends on the position in the ledger.
 *
 * @param matched by file, sheet and row, then DRL by name, then stage and stops
 * @param requires who must approve; empty unless the directive is {@link Directive#AWAIT_APPROVAL}
 * @param expiresAt end of the permit or of the approval; null when there is neither
 */
public record Verdict(
        Mode mode,
        Directive directive,
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

    /**
     * What is answered where the verdict is recorded and binds nobody: the agent goes on as it would without Leeway, nobody is asked,
     * and nothing has an end. A stop that halts it does so all the same.
     */
    public Verdict observed() {
        boolean halted = directive == Directive.HALT && reasonCodes.contains(ReasonCode.STOP);
        return new Verdict(
                mode, halted ? Directive.HALT : Directive.PROCEED, reasonCodes, matched, obligations, List.of(), null);
    }

    /** {@code because} of the first decisive rule, verbatim; a sentence of Leeway's own where no rule brought the mode. */
    public String reason() {
        return matched.stream()
                .filter(MatchedRule::decisive)
                .map(MatchedRule::because)
                .findFirst()
                .orElseGet(this::silence);
    }

    private String silence() {
        if (reasonCodes.contains(ReasonCode.NO_POLICY)) {
            return "No policy version is active, so a person must do it.";
        }
        if (reasonCodes.contains(ReasonCode.UNKNOWN_ACTION)) {
            return "The active policy does not know this action type, so a person must do it.";
        }
        if (reasonCodes.contains(ReasonCode.EVALUATION_ERROR)) {
            return "The rules could not be evaluated, so a person must do it.";
        }
        if (reasonCodes.contains(ReasonCode.DEADLINE)) {
            return "The rules were not done in time, so a person must do it.";
        }
        return "No rule puts this action inside an agent's remit, so a person must do it.";
    }
}
