package io.leeway.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one agent had and did in the scope of a stop, as the ledger tells.
 *
 * @param livePermits permits that it held when the stop was placed, neither used nor expired
 * @param permitsEnd when the last of them ends; null without one
 * @param attempts proposals in scope from then on
 * @param firstAttempt null without one
 * @param lastAttempt null without one
 */
public record AgentActivity(
        String agent,
        long livePermits,
        @Nullable Instant permitsEnd,
        long attempts,
        @Nullable Instant firstAttempt,
        @Nullable Instant lastAttempt) {
    /** An agent that had no permit and did nothing. */
    public static AgentActivity none(String agent) {
        return new AgentActivity(agent, 0, null, 0, null, null);
    }

    AgentActivity withPermit(Instant end) {
        Instant last = permitsEnd == null || end.isAfter(permitsEnd) ? end : permitsEnd;
        return new AgentActivity(agent, livePermits + 1, last, attempts, firstAttempt, lastAttempt);
    }

    AgentActivity withAttempt(Instant at) {
        Instant first = firstAttempt == null || at.isBefore(firstAttempt) ? at : firstAttempt;
        Instant last = lastAttempt == null || at.isAfter(lastAttempt) ? at : lastAttempt;
        return new AgentActivity(agent, livePermits, permitsEnd, attempts + 1, first, last);
    }
}
