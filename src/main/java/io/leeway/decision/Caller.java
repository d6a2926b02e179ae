package io.leeway.decision;

import io.leeway.model.Actor;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Who asks, and whether he still may when his turn comes.
 *
 * @param actor as it will stand in the ledger
 * @param stillValid asked inside the lane, under the head row, with the ledger's time: whether the credential is neither
 *     revoked nor expired there
 */
public record Caller(Actor actor, Predicate<Instant> stillValid) {
    /** The installation itself, which needs no credential. */
    public static final Caller INSTALLATION = new Caller(Actor.INSTALLATION, now -> true);
}
