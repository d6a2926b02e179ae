package io.leeway.control;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scoped kill switch. It holds until it is {@link State#RELEASED}: one person's request does not loosen it.
 *
 * @param placedBy the person or system, as it stands in the ledger
 * @param position of its entry in the ledger
 * @param request the first person's release, null before
 * @param release the second person's, null before
 */
public record Stop(
        UUID id,
        StopScope scope,
        String reason,
        String placedBy,
        Instant placedAt,
        long position,
        @Nullable Consent request,
        @Nullable Consent release) {

    /** How far the release of a stop has come. */
    public enum State {
        ACTIVE,
        RELEASE_REQUESTED,
        RELEASED
    }

    /** One person's part in a release. */
    public record Consent(String by, Instant at, String reason) {}

    public State state() {
        if (release != null) {
            return State.RELEASED;
        }
        return request == null ? State.ACTIVE : State.RELEASE_REQUESTED;
    }

    Stop requested(Consent consent) {
        return new Stop(id, scope, reason, placedBy, placedAt, position, consent, null);
    }

    Stop released(Consent consent) {
        return new Stop(id, scope, reason, placedBy, placedAt, position, request, consent);
    }
}
