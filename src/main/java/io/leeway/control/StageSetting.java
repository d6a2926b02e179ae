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
 * @param proposedBy who proposed it; null when one person set it
 */
public record StageSetting(
        String agent,
        String action,
        Stage stage,
        String reason,
        String setBy,
        Instant setAt,
        long position,
        @Nullable Instant until,
        @Nullable String proposedBy) {

    /** Whether one person set it, past a proposal and a second person. */
    public boolean isOverride() {
        return proposedBy == null;
    }

    /** What it comes to: once it has ended, {@link Stage#SUPERVISED}, whatever wider settings say. */
    public Stage stageAt(Instant now) {
        return until == null || now.isBefore(until) ? stage : Stage.SUPERVISED;
    }
}
