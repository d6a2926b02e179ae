package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells what would have been stopped while keys were only observed. Reads the ledger, and records nothing. */
@ApplicationScoped
public class ObservedReports {
    /** How long a caller may have to wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a report may take: what nobody waits for any more must not keep others from reading. */
    private static final Duration LONGEST = Duration.ofSeconds(28);

    /** What is told of by then can be told of again in time. */
    private static final Duration SURE = Duration.ofSeconds(18);

    private final DecisionEntries entries;

    ObservedReports(DecisionEntries entries) {
        this.entries = entries;
    }

    /**
     * What would have been stopped. Blocks; takes as long as there are observed decisions, and the same memory for any number.
     *
     * @param from first moment, inclusive; null for the beginning of the ledger
     * @param to last moment, exclusive; null for now
     * @throws Refusal {@code LEDGER_UNAVAILABLE}; {@code REPORT_TOO_LARGE} when it cannot be done in {@link #PATIENCE}: it says from
     *     when on it can
     */
    public ObservedReport between(@Nullable Instant from, @Nullable Instant to) {
        return between(from, to, new Deadline(System::nanoTime));
    }

    private ObservedReport between(@Nullable Instant from, @Nullable Instant to, Deadline deadline) {
        ObservedTally tally = new ObservedTally();
        try {
            entries.observed(from, to, decision -> {
                deadline.reached(decision.time());
                tally.add(decision);
            });
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
        return tally.report();
    }

    /** Ends a report that takes too long, and knows how far it would have got in time. Not thread-safe. */
    static final class Deadline {
        private final LongSupplier nanos;
        private final long began;
        private @Nullable Instant sure;

        Deadline(LongSupplier nanos) {
            this.nanos = nanos;
            this.began = nanos.getAsLong();
        }

        /**
         * The newest come first.
         *
         * @throws Refusal {@code REPORT_TOO_LARGE}
         */
        void reached(Instant time) {
            long spent = nanos.getAsLong() - began;
            if (sure == null || spent < SURE.toNanos()) {
                sure = time;
            }
            if (spent > LONGEST.toNanos()) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "REPORT_TOO_LARGE",
                        "There are more observed decisions than can be told of at once. Ask for a shorter time: from "
                                + sure + " on, and then for what was before.");
            }
        }
    }
}
