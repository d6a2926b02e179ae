package io.leeway.console;

import io.leeway.decision.Caller;
import io.leeway.security.Authenticator;
import io.leeway.security.Principal;
import jakarta.enterprise.context.ApplicationScoped;

/** Who is signed in, for the lane, where his key is judged again. */
@ApplicationScoped
class Callers {
    private final Authenticator authenticator;

    Callers(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Caller caller(Principal reader) {
        String keyId = reader.keyId();
        return new Caller(reader.actor(), now -> authenticator.stillValid(keyId, now));
    }
}
