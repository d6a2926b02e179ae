package io.leeway.control;

import io.leeway.model.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much an agent has earned for some action types.
 *
 * @param action a type, a family {@code billing.*}, or {@code *}
 * @param setBy the person or system, as it stands in the ledger
 * @param position of the entry that set it; also its entity tag
 * @param until when it ends, exclusive; null when it does not
 */
public record StageSetting(
        String agent,
        String action,
        Stage stage,
        String reason,
        String setBy,
        Instant setAt,
        long position,
        @Nullable Instant until) {

    /** Whether it still counts. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }
}
