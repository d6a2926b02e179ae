package io.leeway.api.rest;

import io.leeway.decision.Caller;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.security.Authenticator;
import io.leeway.security.KeyEnforcements;
import io.leeway.security.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Who calls, for resources. */
@ApplicationScoped
public class Callers {
    private final Authenticator authenticator;
    private final KeyEnforcements enforcements;
    private final Reads reads;

    Callers(Authenticator authenticator, KeyEnforcements enforcements, Reads reads) {
        this.authenticator = authenticator;
        this.enforcements = enforcements;
        this.reads = reads;
    }

    /** Whom the gate let in. Good for what goes through the lane, where the key is judged again. */
    public static Principal principal(RoutingContext routing) {
        Principal principal = routing.get(Gate.PRINCIPAL);
        if (principal == null) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "Nobody is known to call.");
        }
        return principal;
    }

    /** The same for the lane. */
    Caller caller(RoutingContext routing) {
        Principal principal = principal(routing);
        String keyId = principal.keyId();
        return new Caller(
                principal.actor(),
                now -> authenticator.stillValid(keyId, now),
                now -> enforcements.observedBy(keyId, now));
    }

    /**
     * What only reads, for whom the gate let in, once the database has said that the key still holds.
     *
     * @return completes exceptionally with a {@link Refusal}: of kind {@code UNAUTHENTICATED} when it does not,
     *     {@code UNAVAILABLE} when the database does not answer in time
     */
    <T> CompletionStage<T> read(RoutingContext routing, Function<Principal, T> work) {
        return read(routing, Reads.PATIENCE, work);
    }

    /** The same for somebody who rather waits a while than be told to try again. */
    <T> CompletionStage<T> read(RoutingContext routing, Duration patience, Function<Principal, T> work) {
        Principal principal = principal(routing);
        return reads.read(
                () -> {
                    if (!authenticator.isLive(principal.keyId())) {
                        throw new Refusal(
                                Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "The key is expired or revoked.");
                    }
                    return work.apply(principal);
                },
                patience);
    }

    /** The same for what may fail as queries do, and is the same for everybody. */
    <T> CompletionStage<T> query(RoutingContext routing, Callable<T> work) {
        return query(routing, Reads.PATIENCE, work);
    }

    /** The same for somebody who rather waits a while. */
    <T> CompletionStage<T> query(RoutingContext routing, Duration patience, Callable<T> work) {
        return read(routing, patience, reader -> {
            try {
                return work.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
