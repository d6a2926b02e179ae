package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.DecisionState;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.Subject;
import io.leeway.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision in brief: what was to be done to what, what came of it, and why.
 *
 * @param position in the ledger
 * @param by who proposed it
 * @param subject without attributes; null once erased
 * @param amount null when the action has none
 * @param reason {@code ""} once erased
 * @param decisive ids of the rules that brought the mode, stages and stops included; empty once erased
 * @param permit null when it brought none
 * @param consumedAt when that was used; null when it was not
 */
public record DecidedAction(
        UUID id,
        long position,
        Instant at,
        Actor by,
        String agent,
        String actionType,
        @Nullable Subject subject,
        @Nullable Money amount,
        Mode mode,
        Directive directive,
        DecisionState state,
        String reason,
        List<ReasonCode> reasonCodes,
        List<String> decisive,
        @Nullable Permit permit,
        @Nullable Instant consumedAt) {
    public DecidedAction {
        reasonCodes = List.copyOf(reasonCodes);
        decisive = List.copyOf(decisive);
    }

    /**
     * @param facts null once erased
     * @param consumedAt when its permit was used; null when it was not
     * @param now to tell what is over
     */
    static DecidedAction of(
            DecisionEntry entry, @Nullable RecordedFacts facts, @Nullable Instant consumedAt, Instant now) {
        RecordedDecision recorded = entry.recorded(consumedAt != null, now);
        Decision decision = recorded.decision();
        Verdict verdict = decision.verdict();
        return new DecidedAction(
                entry.id(),
                entry.position(),
                decision.decidedAt(),
                recorded.actor(),
                recorded.agent(),
                recorded.actionType(),
                facts == null ? null : subject(facts.sent()),
                entry.amount(),
                verdict.mode(),
                verdict.directive(),
                decision.state(),
                entry.isErased() ? "" : verdict.reason(),
                verdict.reasonCodes(),
                verdict.matched().stream()
                        .filter(MatchedRule::decisive)
                        .map(MatchedRule::rule)
                        .toList(),
                decision.permit(),
                consumedAt);
    }

    private static Subject subject(Proposal sent) {
        return new Subject(sent.subject().type(), sent.subject().id());
    }

    /** Whether what was decided on is gone. */
    public boolean isErased() {
        return subject == null;
    }
}
