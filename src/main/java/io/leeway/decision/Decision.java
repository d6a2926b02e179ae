package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Permit;
import io.leeway.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer: the verdict and its place in the ledger.
 *
 * @param id null for a simulation
 * @param matched what matched as JSON, the same bytes as in the record
 * @param validUntil the permit's end, or the approval's, or {@code decidedAt}
 * @param permit only with {@link io.leeway.model.Directive#PROCEED}
 * @param approval only with {@link io.leeway.model.Directive#AWAIT_APPROVAL}
 * @param policy null when no version was active
 * @param place null for a simulation
 * @param enforced false when the verdict binds nobody: {@link #observed}
 * @param drills under way, whose scope it is in: whoever proposed is to acknowledge them
 */
public record Decision(
        @Nullable UUID id,
        Verdict verdict,
        byte[] matched,
        Instant decidedAt,
        Instant validUntil,
        @Nullable Permit permit,
        @Nullable Approval approval,
        String actionDigest,
        @Nullable PolicyReference policy,
        @Nullable Place place,
        DecisionState state,
        boolean enforced,
        List<StopInScope> drills) {
    public Decision {
        drills = List.copyOf(drills);
    }

    /** One that tells of no drill. */
    public Decision(
            @Nullable UUID id,
            Verdict verdict,
            byte[] matched,
            Instant decidedAt,
            Instant validUntil,
            @Nullable Permit permit,
            @Nullable Approval approval,
            String actionDigest,
            @Nullable PolicyReference policy,
            @Nullable Place place,
            DecisionState state,
            boolean enforced) {
        this(
                id,
                verdict,
                matched,
                decidedAt,
                validUntil,
                permit,
                approval,
                actionDigest,
                policy,
                place,
                state,
                enforced,
                List.of());
    }

    /** The same, telling of those drills. */
    Decision telling(List<StopInScope> drills) {
        return drills.isEmpty()
                ? this
                : new Decision(
                        id,
                        verdict,
                        matched,
                        decidedAt,
                        validUntil,
                        permit,
                        approval,
                        actionDigest,
                        policy,
                        place,
                        state,
                        enforced,
                        drills);
    }

    /** The same where its caller is only observed: see {@link Verdict#observed}. There is nothing to use or to wait for. */
    Decision observed() {
        return new Decision(
                id,
                verdict.observed(),
                matched,
                decidedAt,
                decidedAt,
                null,
                null,
                actionDigest,
                policy,
                place,
                DecisionState.CLOSED,
                false);
    }

    /**
     * What people must do before a permit can be asked for.
     *
     * @param id the decision's id; null for a simulation
     */
    public record Approval(@Nullable UUID id, List<ApprovalRequirement> requires, Instant expiresAt) {}

    /** The version that decided. */
    public record PolicyReference(String version, String digest) {}

    /**
     * Where it stands.
     *
     * @param index position in the ledger
     * @param leafHash {@code sha256:…}
     */
    public record Place(long index, String leafHash) {}
}
