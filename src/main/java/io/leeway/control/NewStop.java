package io.leeway.control;

import io.leeway.model.StopLevel;

/**
 * A stop as somebody asks for it.
 *
 * @param drill whether it only is to be noticed: it holds nothing
 * @param reason for people, one line of plain text
 */
public record NewStop(StopScope scope, StopLevel level, boolean drill, String reason) {
    /** One that lets nothing go. */
    public static NewStop halt(StopScope scope, String reason) {
        return new NewStop(scope, StopLevel.HALT, false, reason);
    }
}
