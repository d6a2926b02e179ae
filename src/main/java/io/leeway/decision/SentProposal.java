package io.leeway.decision;

import io.leeway.model.Proposal;
import java.util.Map;

/**
 * A proposal as it came in, read and judged by itself.
 *
 * @param proposal typed, without anything derived
 * @param body the same as sent: sorted maps, lists, {@link String}, {@link Boolean}, {@link java.math.BigDecimal} and null
 */
public record SentProposal(Proposal proposal, Map<String, Object> body) {}
