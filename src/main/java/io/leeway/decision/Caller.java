package io.leeway.decision;

import io.leeway.model.Actor;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and whether he still may when his turn comes.
 *
 * @param actor as it will stand in the ledger
 * @param stillValid asked inside the lane, under the head row, with the ledger's time: whether the credential is neither
 *     revoked nor expired there
 * @param observedBy asked likewise: position of the entry by which what is decided for him is not enforced then; null when it is
 */
public record Caller(Actor actor, Predicate<Instant> stillValid, Function<Instant, @Nullable Long> observedBy) {
    /** The installation itself, which needs no credential. */
    public static final Caller INSTALLATION = new Caller(Actor.INSTALLATION, now -> true);

    /** Somebody for whom everything is enforced. */
    public Caller(Actor actor, Predicate<Instant> stillValid) {
        this(actor, stillValid, now -> null);
    }
}
