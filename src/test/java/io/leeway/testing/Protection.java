package io.leeway.testing;

/**
 * What the total order rests on, each a thing that a test takes out of a running service to show that it would notice
 * ({@link PackagedService#startWithout}). Durable flushes are taken out by PostgreSQL's own setting {@code fsync=off}.
 */
public enum Protection {
    /**
     * A caller is told once the transaction is committed. Without it he is told before, and the commit comes
     * {@link Unprotected#COMMIT_DELAY_MILLIS} later, as on a slow disk, so that few tries suffice to die in between.
     */
    ANSWER_AFTER_COMMIT,
    /**
     * A replica catches up with what people set before it decides anything, under the head row. Without it a replica looks
     * every {@link Unprotected#POLL_MILLIS}, which is what a cache does.
     */
    FENCE,
    /**
     * A replica decides by the policy generation that the head row names. Without it a replica looks every {@link
     * Unprotected#POLL_MILLIS}.
     */
    GENERATION,
    /** The head row is locked before anything is read. Without it the same statement only reads it. */
    HEAD_LOCK,
    /**
     * What was lately done is what the ledger tells at the head. Without it a replica remembers what it read of a subject for
     * {@link Unprotected#POLL_MILLIS}.
     */
    ACTIVITY
}
