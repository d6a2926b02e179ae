package io.leeway.decision;

import io.leeway.activity.Allowed;
import io.leeway.activity.RecentActivity;
import io.leeway.activity.Traces;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.Appended;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Directive;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.Refusal;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.model.Violation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The proposals of one transaction, one after the other: each sees what those before it left. Not thread-safe. */
final class DecisionBatch {
    private final Decider decider;
    private final LedgerTransaction tx;
    private final Traces traces;
    private final RecentActivity activity;

    DecisionBatch(Decider decider, LedgerTransaction tx, Traces traces, RecentActivity activity) {
        this.decider = decider;
        this.tx = tx;
        this.traces = traces;
        this.activity = activity;
    }

    /**
     * Decides and appends, or repeats what was decided for the same proposal.
     *
     * @throws Refusal {@code PROPOSAL_CHANGED} when the same agent and action id came with another body
     */
    Decision decide(Submission submission, Caller caller) throws SQLException {
        return decideOrRepeat(submission, caller).telling(drills(submission));
    }

    private Decision decideOrRepeat(Submission submission, Caller caller) throws SQLException {
        var known = tx.known(submission.idempotencyKey());
        if (known.isPresent()) {
            if (!Arrays.equals(known.get().requestHash(), submission.requestHash())) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "PROPOSAL_CHANGED",
                        "This agent already proposed another body under this action id.",
                        List.of(new Violation(
                                "/action/id",
                                "names a proposal once; a changed one, or new evidence, needs a new id")));
            }
            return repeat(known.get().position(), submission);
        }
        Circumstances circumstances = decider.circumstances(tx, traces, activity, submission);
        Verdict verdict = Assessment.of(circumstances.derive(submission.proposal()), circumstances);
        UUID id = tx.newId();
        Long observedBy = caller.observedBy().apply(tx.now());
        Permit permit = observedBy == null && verdict.directive() == Directive.PROCEED && verdict.expiresAt() != null
                ? new Permit(tx.newId(), verdict.expiresAt())
                : null;
        byte[] matched = VerdictJson.matched(verdict.matched());
        EntryDraft draft =
                DecisionRecord.draft(id, submission, circumstances, verdict, permit, caller.actor(), matched);
        Appended appended =
                tx.append(observedBy == null ? draft : DecisionRecord.observed(draft, submission, verdict, observedBy));
        if (submission.step() != null) {
            traces.add(submission.step(), appended.position());
        }
        activity.decided(
                tx.now(),
                submission.event(),
                id,
                Allowed.by(
                        permit == null ? null : permit.expiresAt(),
                        observedBy == null,
                        verdict.mode(),
                        verdict.directive()));
        Decision decision = DecisionRecord.decision(
                id, submission.actionDigest(), circumstances, verdict, matched, permit, appended);
        return observedBy == null ? decision : decision.observed();
    }

    /** The circumstances of a proposal that is not decided. */
    Circumstances circumstances(Submission submission) throws SQLException {
        return decider.circumstances(tx, traces, activity, submission);
    }

    /** The drills that whoever sent the proposal is to be told of. */
    List<StopInScope> drills(Submission submission) {
        return decider.drills(submission);
    }

    /** Hands over what is left to write; call before the commit. */
    void flush() {
        traces.writeWith(tx);
        activity.writeWith(tx);
    }

    /**
     * The recorded verdict; with {@code HALT} and the reason where its permit is used up, or a stop came since. Once the record
     * is erased, nothing tells any more what would have to be met, so that is {@code HALT}, unless nothing had to be, as the verdict
     * was not enforced.
     */
    private Decision repeat(long position, Submission submission) throws SQLException {
        StoredEntry entry =
                tx.entry(position).orElseThrow(() -> new IllegalStateException("no entry at position " + position));
        boolean consumed = PermitConsumption.isConsumed(tx.connection(), tx.realm(), position);
        Decision recorded = DecisionRecord.read(entry, consumed, tx.now()).decision();
        List<ReasonCode> since = new ArrayList<>();
        Permit permit = recorded.permit();
        if (permit != null && consumed) {
            since.add(ReasonCode.PERMIT_CONSUMED);
        } else if (permit != null && !tx.now().isBefore(permit.expiresAt())) {
            since.add(ReasonCode.PERMIT_EXPIRED);
        }
        StopLevel stopped = decider.stopped(submission);
        if (stopped != null
                && !isHaltedByStop(recorded.verdict())
                && !stopped.lets(recorded.verdict().mode())) {
            since.add(ReasonCode.STOPPED);
        }
        boolean known = entry.result() != null || !recorded.enforced();
        return since.isEmpty() && known ? recorded : halted(recorded, since);
    }

    private static boolean isHaltedByStop(Verdict verdict) {
        return verdict.directive() == Directive.HALT && verdict.reasonCodes().contains(ReasonCode.STOP);
    }

    private static Decision halted(Decision recorded, List<ReasonCode> since) {
        Verdict verdict = recorded.verdict();
        List<ReasonCode> codes = new ArrayList<>(verdict.reasonCodes());
        codes.addAll(since);
        codes.sort(null);
        Verdict halted = new Verdict(
                verdict.mode(),
                Directive.HALT,
                codes,
                verdict.matched(),
                verdict.obligations(),
                verdict.requires(),
                verdict.expiresAt());
        return new Decision(
                recorded.id(),
                halted,
                recorded.matched(),
                recorded.decidedAt(),
                recorded.validUntil(),
                null,
                recorded.approval(),
                recorded.actionDigest(),
                recorded.policy(),
                recorded.place(),
                recorded.state(),
                recorded.enforced());
    }
}
