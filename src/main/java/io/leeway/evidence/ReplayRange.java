package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded decisions are replayed.
 *
 * @param from the first, inclusive; null for the beginning of the ledger
 * @param to where to end, exclusive; null for what is recorded when the replay begins
 * @param limit how many at most, the newest ones; null for all
 */
public record ReplayRange(
        @Nullable Bound from, @Nullable Bound to, @Nullable Long limit) {
    /** Everything that is recorded. */
    public static final ReplayRange ALL = new ReplayRange(null, null, null);

    /** An end of the range. */
    public sealed interface Bound {
        /** A moment of the ledger's time. */
        record Time(Instant time) implements Bound {}

        /** A position in the ledger, from 0. */
        record Position(long position) implements Bound {}
    }

    /** The same as positions: from (inclusive) and to (exclusive), both in the ledger, and the one not above the other. */
    Positions resolve(DecisionEntries entries) throws SQLException {
        long end = entries.end();
        long last = to == null ? end : Math.min(end, position(to, entries));
        long first = from == null ? 0 : Math.min(last, position(from, entries));
        return new Positions(first, last);
    }

    private static long position(Bound bound, DecisionEntries entries) throws SQLException {
        if (bound instanceof Bound.Time at) {
            return entries.positionAt(at.time());
        }
        return Math.max(0, ((Bound.Position) bound).position());
    }

    record Positions(long from, long to) {}
}
