package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells what would have been stopped while keys were only observed. Reads the ledger, and records nothing. */
@ApplicationScoped
public class ObservedReports {
    /** How long a caller may have to wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a report may take: what nobody waits for any more must not keep others from reading. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(28).toNanos();

    private final DecisionEntries entries;

    ObservedReports(DecisionEntries entries) {
        this.entries = entries;
    }

    /**
     * What would have been stopped. Blocks; takes as long as there are observed decisions, and the same memory for any number.
     *
     * @param from first moment, inclusive; null for the beginning of the ledger
     * @param to last moment, exclusive; null for now
     * @throws Refusal {@code LEDGER_UNAVAILABLE}; {@code REPORT_TOO_LARGE} when it cannot be done in {@link #PATIENCE}
     */
    public ObservedReport between(@Nullable Instant from, @Nullable Instant to) {
        long began = System.nanoTime();
        ObservedTally tally = new ObservedTally();
        try {
            entries.observed(from, to, decision -> {
                if (System.nanoTime() - began > LONGEST_NANOS) {
                    throw new Refusal(
                            Refusal.Kind.INVALID,
                            "REPORT_TOO_LARGE",
                            "There are more observed decisions than can be told of at once. Ask for a shorter time.");
                }
                tally.add(decision);
            });
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
        return tally.report();
    }
}
