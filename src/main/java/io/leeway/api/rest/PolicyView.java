package io.leeway.api.rest;

import io.leeway.decision.Decision;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A policy version by name and digest. */
@Schema(name = "PolicyReference")
record PolicyView(String version, String digest) {
    static @Nullable PolicyView of(Decision.@Nullable PolicyReference policy) {
        return policy == null ? null : new PolicyView(policy.version(), policy.digest());
    }
}
