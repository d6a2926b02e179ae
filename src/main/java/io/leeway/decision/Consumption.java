package io.leeway.decision;

import io.leeway.ledger.EntryKind;
import java.time.Instant;
import java.util.UUID;

/** A permit that was just used. */
public record Consumption(UUID permitId, UUID decisionId, Instant consumedAt, Decision.Place place) {
    /** A permit, which the header names, was used; {@code ref} is the decision that brought it. */
    public static final EntryKind KIND = new EntryKind("permit.consumption");
}
