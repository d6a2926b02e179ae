package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Trace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of one step what the whole of its trace is told by.
 *
 * @param parent the decision that its proposal names as its cause; null when it names none, or once erased
 * @param depth causal depth as it was recorded, 0 at the start; null once erased
 * @param goal what the trace is for, as this step says; {@code ""} when it does not
 * @param amount null when the action has none
 * @param permitted whether it brought a permit
 * @param consumed whether that was used
 */
public record TraceLink(
        UUID id,
        long position,
        @Nullable UUID parent,
        @Nullable Long depth,
        String goal,
        String agent,
        Mode mode,
        @Nullable Money amount,
        boolean permitted,
        boolean consumed) {

    /** As {@link io.leeway.decision.RelatedDecisions.Reading} has it. */
    static TraceLink of(DecisionEntry entry, @Nullable Instant consumedAt, Instant now) {
        return of(entry, entry.isErased() ? null : entry.facts(), consumedAt);
    }

    /** @param facts null once erased */
    static TraceLink of(DecisionEntry entry, @Nullable RecordedFacts facts, @Nullable Instant consumedAt) {
        Trace trace = facts == null ? Trace.NONE : facts.sent().trace();
        return new TraceLink(
                entry.id(),
                entry.position(),
                trace.parent().isEmpty() ? null : UUID.fromString(trace.parent()),
                facts == null ? null : facts.depth(),
                trace.goal(),
                entry.agent(),
                entry.mode(),
                entry.amount(),
                entry.header().optionalObject("permit") != null,
                consumedAt != null);
    }
}
