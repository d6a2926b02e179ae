package io.leeway.decision;

import java.util.Map;

/**
 * What agents had and did in the scope of a stop.
 *
 * @param byAgent sorted by agent
 * @param complete false when there was more than is looked at: then only the newest of it counts
 */
public record StopActivity(Map<String, AgentActivity> byAgent, boolean complete) {}
