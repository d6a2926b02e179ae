package io.leeway.evidence;

/** How far a replay has come, for whoever watches it from another thread; and how it is told to stop. */
public final class ReplayProgress {
    private volatile long done;
    private volatile long of;
    private volatile boolean cancelled;

    /** How many decisions were taken. */
    public long done() {
        return done;
    }

    /** How many there are to take; 0 until they are counted. */
    public long of() {
        return of;
    }

    /** Makes the replay end before the next decision. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    void begin(long decisions) {
        of = decisions;
    }

    void advance(long decisions) {
        done = decisions;
    }
}
