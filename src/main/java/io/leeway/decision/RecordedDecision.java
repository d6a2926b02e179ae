package io.leeway.decision;

/**
 * A decision as it stands now.
 *
 * @param agent whose proposal it was
 */
public record RecordedDecision(Decision decision, String agent, String actionType) {}
