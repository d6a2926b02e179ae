package io.leeway.security;

import io.leeway.model.Refusal;

/** What became of a credential. */
public sealed interface Authentication {
    /** It is somebody's. */
    record Accepted(Principal principal) implements Authentication {}

    /** It is not, or nobody can tell now. */
    record Refused(Refusal refusal) implements Authentication {}

    /** Not known here yet: perhaps made on another replica. {@link Authenticator#lookUp} tells. */
    record Unknown() implements Authentication {}
}
