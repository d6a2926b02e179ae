package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One decision of a trace and its place in it. */
public record TraceStep(DecidedAction action, TraceLink link) {
    static TraceStep of(DecisionEntry entry, @Nullable Instant consumedAt, Instant now) {
        RecordedFacts facts = entry.isErased() ? null : entry.facts();
        return new TraceStep(DecidedAction.of(entry, facts, consumedAt, now), TraceLink.of(entry, facts, consumedAt));
    }

    public UUID id() {
        return link.id();
    }

    public long position() {
        return link.position();
    }

    /** The decision that it names as its cause; null when it names none, or once erased. */
    public @Nullable UUID parent() {
        return link.parent();
    }
}
