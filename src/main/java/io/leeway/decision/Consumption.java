package io.leeway.decision;

import java.time.Instant;
import java.util.UUID;

/** A permit that was just used. */
public record Consumption(UUID permitId, UUID decisionId, Instant consumedAt, Decision.Place place) {}
