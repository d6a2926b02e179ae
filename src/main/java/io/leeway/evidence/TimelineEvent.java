package io.leeway.evidence;

import io.leeway.control.StopScope;
import io.leeway.model.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a subject, as its entry tells it.
 *
 * @param position in the ledger
 * @param kind of the entry: {@code decision}, {@code permit.consumption}, {@code stop}, {@code stop.release-request}, …
 * @param by who did it
 * @param agent whom it concerned; null when none is named
 * @param actionType likewise
 * @param decisionId the decision that it is, or is about; null for a stop
 * @param reason why, as the person said or the rule says; {@code ""} when there is none, or once erased
 * @param stop null unless the entry is about one, and once erased
 * @param decision null unless the entry is one
 */
public record TimelineEvent(
        long position,
        Instant at,
        String kind,
        Actor by,
        @Nullable String agent,
        @Nullable String actionType,
        @Nullable UUID decisionId,
        String reason,
        @Nullable StopNote stop,
        @Nullable DecidedAction decision) {

    /** Which stop it was. */
    public record StopNote(UUID id, StopScope scope) {}
}
