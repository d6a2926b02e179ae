package io.leeway.decision;

import io.leeway.model.Actor;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it stands now.
 *
 * @param actor who proposed
 * @param agent for which agent
 * @param facts what was decided on, {@code {"derived":…,"proposal":…}} as canonical JSON; null once erased
 */
public record RecordedDecision(
        Decision decision, Actor actor, String agent, String actionType, byte @Nullable [] facts) {}
