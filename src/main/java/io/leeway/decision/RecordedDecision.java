package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it stands now.
 *
 * @param actor who proposed
 * @param agent for which agent
 * @param facts what was decided on, {@code {"derived":…,"proposal":…}} as canonical JSON; null once erased
 * @param frozenBy stops that keep it from being approved, oldest first; only where one decision is read
 */
public record RecordedDecision(
        Decision decision,
        Actor actor,
        String agent,
        String actionType,
        byte @Nullable [] facts,
        List<StopInScope> frozenBy) {
    RecordedDecision frozenBy(List<StopInScope> stops) {
        return new RecordedDecision(decision, actor, agent, actionType, facts, stops);
    }
}
