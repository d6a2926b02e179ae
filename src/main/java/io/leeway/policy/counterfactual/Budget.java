package io.leeway.policy.counterfactual;

import java.time.Duration;

/**
 * How much one search may look at. Steps are counted, so that the same search always ends at the same place; the clock only
 * catches what steps do not measure, such as slow DRL or a machine with other things to do. Not thread-safe.
 */
final class Budget {
    /** Roughly 0.1 s: a step is a look at one condition. */
    static final long STEPS = 5_000_000;

    /** The longest that a search takes. */
    static final Duration TIME = Duration.ofMillis(500);

    /** What putting one proposal to the engine counts for. */
    static final long EVALUATION = 1_000;

    private final long deadline;
    private long left;
    private boolean spent;

    Budget(long steps, Duration time) {
        this.left = steps;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** @return whether the steps may be taken */
    boolean spend(long steps) {
        left -= steps;
        spent |= left < 0 || System.nanoTime() - deadline > 0;
        return !spent;
    }

    /** What is left of the time; zero or less when none is. */
    Duration time() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** Ends the search: something could not be looked at in time. */
    void end() {
        spent = true;
    }

    /** Whether something was left out for it. */
    boolean isSpent() {
        return spent;
    }
}
