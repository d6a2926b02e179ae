package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.model.Trace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One decision of a trace and its place in it.
 *
 * @param parent the decision that its proposal names as its cause; null when it names none, or once erased
 * @param depth causal depth as it was recorded, 0 at the start; null once erased
 * @param goal what the trace is for, as this step says; {@code ""} when it does not
 */
public record TraceStep(
        DecidedAction action,
        @Nullable UUID parent,
        @Nullable Long depth,
        String goal) {
    static TraceStep of(DecisionEntry entry, @Nullable Instant consumedAt, Instant now) {
        RecordedFacts facts = entry.isErased() ? null : entry.facts();
        DecidedAction action = DecidedAction.of(entry, facts, consumedAt, now);
        if (facts == null) {
            return new TraceStep(action, null, null, "");
        }
        Trace trace = facts.sent().trace();
        return new TraceStep(
                action, trace.parent().isEmpty() ? null : UUID.fromString(trace.parent()), facts.depth(), trace.goal());
    }

    public UUID id() {
        return action.id();
    }

    public long position() {
        return action.position();
    }
}
