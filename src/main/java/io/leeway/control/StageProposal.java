package io.leeway.control;

import io.leeway.model.Stage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stage that somebody proposes for an agent. It counts once a second person has accepted it.
 *
 * @param action a type, a family {@code billing.*}, or {@code *}
 * @param from what counted for exactly that when it was proposed
 * @param fromPosition of the entry that had set exactly that; -1 for none
 * @param until when the stage will end, exclusive; null when it will not
 * @param proposedBy the person or system, as it stands in the ledger
 * @param expiresAt until when it can be accepted, exclusive
 * @param position of its entry in the ledger
 * @param acceptance null before
 * @param state when it was read
 */
public record StageProposal(
        UUID id,
        String agent,
        String action,
        Stage from,
        long fromPosition,
        Stage stage,
        String reason,
        @Nullable Instant until,
        String proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        long position,
        @Nullable Acceptance acceptance,
        State state) {

    /** What has become of a proposal. */
    public enum State {
        OPEN,
        ACCEPTED,
        /** Nobody accepted it in time. */
        EXPIRED,
        /** Another stage counts by now than the one that its proposer saw. */
        OUTDATED
    }

    /**
     * The second person's part.
     *
     * @param position of the entry that set the stage
     */
    public record Acceptance(String by, Instant at, long position) {}

    /** The same as it stands at that time, with what counts by then. */
    StageProposal at(Instant now, StageTable.Standing standing) {
        return with(acceptance, stateAt(now, standing));
    }

    private State stateAt(Instant now, StageTable.Standing standing) {
        if (acceptance != null) {
            return State.ACCEPTED;
        }
        if (!now.isBefore(expiresAt)) {
            return State.EXPIRED;
        }
        return standing.position() == fromPosition && standing.stage() == from ? State.OPEN : State.OUTDATED;
    }

    StageProposal accepted(Acceptance second) {
        return with(second, State.ACCEPTED);
    }

    private StageProposal with(@Nullable Acceptance second, State next) {
        return new StageProposal(
                id,
                agent,
                action,
                from,
                fromPosition,
                stage,
                reason,
                until,
                proposedBy,
                proposedAt,
                expiresAt,
                position,
                second,
                next);
    }
}
