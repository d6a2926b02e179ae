package io.leeway.security;

import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * From a credential to a {@link Principal}, in three looks:
 *
 * <ol>
 *   <li>{@link #authenticate}: from memory, on any thread, the event loop included. Enough to let a request in.
 *   <li>{@link #lookUp}: when that says {@link Authentication.Unknown}. Asks the database on a worker thread, at most
 *       {@value #PER_SECOND} times a second whatever comes in; nobody's thread waits.
 *   <li>The last word. What goes through the lane asks {@link #stillValid} there; what only reads asks {@link #isLive} on the
 *       worker thread that reads. So a key that was revoked on any replica is worth nothing on every replica.
 * </ol>
 */
@ApplicationScoped
public class Authenticator {
    private static final Logger LOG = Logger.getLogger(Authenticator.class);

    private static final int PER_SECOND = 20;
    private static final int MAX_WAITING = 1000;

    private final ApiKeys keys;
    private final Executor worker;
    /** Ids that the next look into the database is to find. Guarded by this. */
    private Set<String> asked = new HashSet<>();
    /** The look that will take {@link #asked}, or the last one that did. Guarded by this. */
    private CompletableFuture<Void> look = CompletableFuture.completedFuture(null);

    Authenticator(ApiKeys keys, ExecutorService worker) {
        this.keys = keys;
        this.worker = worker;
    }

    /**
     * Judges by what is known in memory. Does not block.
     *
     * @param credential what follows {@code Bearer}
     */
    public Authentication authenticate(String credential) {
        Optional<Secret> secret = Secret.parse(credential);
        if (secret.isEmpty()) {
            return refused("The credential does not have the form of a key.");
        }
        Optional<StoredKey> stored = keys.known(secret.get().id());
        Optional<Instant> now = keys.about();
        if (stored.isEmpty() || now.isEmpty()) {
            return new Authentication.Unknown();
        }
        ApiKey key = stored.get().key();
        // The secret first: an id alone must not tell whether its key has expired.
        if (!secret.get().matches(stored.get().hash()) || !key.isLiveAt(now.get())) {
            return refusedKey();
        }
        return new Authentication.Accepted(Principal.of(key));
    }

    /**
     * Judges after a look into the database, which it shares with everybody who asks meanwhile. Does not block; the answer
     * comes on another thread within about 50 ms, after {@link Reads#PATIENCE} when the database hangs, and is never
     * {@link Authentication.Unknown}.
     *
     * @param credential what follows {@code Bearer}
     */
    public CompletionStage<Authentication> lookUp(String credential) {
        Optional<Secret> secret = Secret.parse(credential);
        if (secret.isEmpty()) {
            return CompletableFuture.completedFuture(authenticate(credential));
        }
        return ask(secret.get().id())
                .map(answer -> Reads.within(answer.copy(), Reads.PATIENCE)
                        .handle((done, failure) -> failure == null ? judge(credential) : unavailable()))
                .orElseGet(() -> CompletableFuture.completedFuture(overloaded()));
    }

    /**
     * Whether the key is neither revoked nor expired at this place of the order. Only on the lane's thread, after
     * {@link ApiKeys#catchUp}.
     */
    public boolean stillValid(String keyId, Instant ledgerTime) {
        return keys.isLiveInLane(keyId, ledgerTime);
    }

    /** Whether the key is neither revoked nor expired now: for calls that only read. Blocks on the database. */
    public boolean isLive(String keyId) {
        return keys.isLiveNow(keyId);
    }

    /** Who holds the key, unless it is revoked or expired now: for what stands for a key without showing it. Blocks on the database. */
    public Optional<Principal> holder(String keyId) {
        return keys.liveNow(keyId).map(Principal::of);
    }

    /** A place in the next look; empty when that is full. */
    private synchronized Optional<CompletableFuture<Void>> ask(String id) {
        if (asked.size() >= MAX_WAITING && !asked.contains(id)) {
            return Optional.empty();
        }
        if (asked.isEmpty()) {
            // Each look starts a while after the last one ended, so that their number is bounded and they never
            // overlap.
            look = look.handle((done, failure) -> done)
                    .thenRunAsync(
                            () -> lookAt(take()),
                            CompletableFuture.delayedExecutor(1000 / PER_SECOND, TimeUnit.MILLISECONDS, worker));
        }
        asked.add(id);
        return Optional.of(look);
    }

    private synchronized Set<String> take() {
        Set<String> taken = asked;
        asked = new HashSet<>();
        return taken;
    }

    private void lookAt(Set<String> ids) {
        try {
            keys.refresh(ids);
        } catch (RuntimeException e) {
            LOG.warnf("%d keys cannot be looked up in the database: %s", ids.size(), e);
            throw e;
        }
    }

    private Authentication judge(String credential) {
        Authentication judged = authenticate(credential);
        return judged instanceof Authentication.Unknown ? refusedKey() : judged;
    }

    private static Authentication refusedKey() {
        return refused("The key is unknown, expired or revoked.");
    }

    private static Authentication refused(String detail) {
        return new Authentication.Refused(new Refusal(Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", detail));
    }

    private static Authentication overloaded() {
        return new Authentication.Refused(new Refusal(
                Refusal.Kind.OVERLOADED, "OVERLOADED", "Too many unknown keys are being looked up. Try again later."));
    }

    private static Authentication unavailable() {
        return new Authentication.Refused(new Refusal(
                Refusal.Kind.UNAVAILABLE,
                "LEDGER_UNAVAILABLE",
                "The key cannot be checked now. Treat the action as human in control."));
    }
}
