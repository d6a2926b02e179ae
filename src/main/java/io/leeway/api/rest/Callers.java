package io.leeway.api.rest;

import io.leeway.decision.Caller;
import io.leeway.model.Refusal;
import io.leeway.security.Authenticator;
import io.leeway.security.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Who calls, for resources. */
@ApplicationScoped
class Callers {
    private final Authenticator authenticator;

    Callers(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Whom the gate let in. Good for what goes through the lane, where the key is judged again. */
    static Principal principal(RoutingContext routing) {
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
        return new Caller(principal.actor(), now -> authenticator.stillValid(keyId, now));
    }

    /**
     * Whom the gate let in, for what only reads: asks the database whether the key still holds. Blocks.
     *
     * @throws Refusal of kind {@code UNAUTHENTICATED} when it does not
     */
    Principal reader(RoutingContext routing) {
        Principal principal = principal(routing);
        if (!authenticator.isLive(principal.keyId())) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "The key is expired or revoked.");
        }
        return principal;
    }
}
