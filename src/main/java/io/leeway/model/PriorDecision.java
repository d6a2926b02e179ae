package io.leeway.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A decision that a later one looked back at.
 *
 * @param at when it was decided, by the ledger's clock
 */
public record PriorDecision(UUID id, String agent, String actionType, Instant at) {}
