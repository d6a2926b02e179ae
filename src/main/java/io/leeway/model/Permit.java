package io.leeway.model;

import java.time.Instant;
import java.util.UUID;

/** The right to execute exactly one action once, before it expires. */
public record Permit(UUID id, Instant expiresAt) {}
