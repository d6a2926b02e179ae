package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.decision.DecisionEntry;
import io.leeway.evidence.ReplayRange.Positions;
import io.leeway.policy.compile.CompiledPolicy;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Recorded decisions under another version: facts, time, stage and stops as recorded, nothing read anew, and nothing decided
 * twice, since the record says what was answered then.
 *
 * <p>Goes through the ledger from the newest decision to the oldest, so that a limit leaves out the oldest. Reads in pages, each
 * one short query, holds no lock, and no more than a page in memory: a longer ledger takes longer and nothing else. Runs on
 * the caller's thread, which must not be the lane's.
 */
public final class Replay {
    /** Positions in one page. With the largest bodies that are taken, a page has 64 MiB. */
    private static final int PAGE = 256;

    private final DecisionEntries entries;
    private final ReplayProgress progress;
    private final ReplayTally tally;

    private Replay(DecisionEntries entries, CompiledPolicy candidate, ReplayProgress progress) {
        this.entries = entries;
        this.progress = progress;
        this.tally = new ReplayTally(candidate);
    }

    /**
     * Replays what is in the range.
     *
     * @param progress told after each decision; asked before
     * @throws CancellationException when it was cancelled
     * @throws SQLException when the ledger cannot be read
     */
    public static ReplayResult run(
            DecisionEntries entries, CompiledPolicy candidate, ReplayRange range, ReplayProgress progress)
            throws SQLException {
        Positions positions = range.resolve(entries);
        long inRange = entries.count(positions.from(), positions.to());
        Long limit = range.limit();
        long wanted = limit == null ? inRange : Math.min(limit, inRange);
        progress.begin(wanted);
        Replay replay = new Replay(entries, candidate, progress);
        replay.take(positions, wanted);
        return replay.tally.result(positions.from(), positions.to(), inRange);
    }

    private void take(Positions positions, long wanted) throws SQLException {
        for (long end = positions.to(); end > positions.from() && tally.decisions() < wanted; end -= PAGE) {
            refuseIfCancelled();
            take(entries.between(Math.max(positions.from(), end - PAGE), end), wanted);
        }
    }

    private void take(List<DecisionEntry> page, long wanted) {
        for (int i = page.size() - 1; i >= 0 && tally.decisions() < wanted; i--) {
            refuseIfCancelled();
            tally.add(page.get(i));
            progress.advance(tally.decisions());
        }
    }

    private void refuseIfCancelled() {
        if (progress.isCancelled()) {
            throw new CancellationException("the replay was cancelled");
        }
    }
}
