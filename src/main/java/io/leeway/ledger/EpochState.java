package io.leeway.ledger;

import java.sql.SQLException;

/**
 * Something kept in memory that equals its tables as of one control epoch: the mechanism behind every {@link Replica} of what
 * people set. Loads only what changed since; loads the whole again after {@link #forget}.
 *
 * @param <T> immutable; readers on other threads get the last one that was loaded
 */
public final class EpochState<T> {
    private static final long NONE = -1;

    private final T empty;
    private final Loader<T> loader;
    private volatile Loaded<T> loaded;

    public EpochState(T empty, Loader<T> loader) {
        this.empty = empty;
        this.loader = loader;
        this.loaded = new Loaded<>(NONE, 0, empty);
    }

    /** Reads the tables behind a state. */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * @param before what is known; the empty state when everything is to be loaded
         * @param since position from which on rows may have changed; 0 for all of them
         */
        T load(LedgerTransaction tx, T before, long since) throws SQLException;
    }

    /** As last loaded. */
    public T get() {
        return loaded.value();
    }

    /**
     * Makes this the state at the transaction's position, its own changes included. Nothing but a comparison when the epoch is
     * the one loaded.
     */
    public void catchUp(LedgerTransaction tx) throws SQLException {
        Loaded<T> before = loaded;
        if (before.epoch() == tx.controlEpoch()) {
            return;
        }
        // A ledger that became shorter is a restored backup: nothing known before holds.
        boolean all = before.epoch() == NONE || tx.position() < before.position();
        T value = all ? loader.load(tx, empty, 0) : loader.load(tx, before.value(), before.position());
        replace(before, new Loaded<>(tx.controlEpoch(), tx.position(), value));
    }

    /** See {@link Replica#forget}. Readers keep what they have until the next {@link #catchUp}. */
    public synchronized void forget() {
        loaded = new Loaded<>(NONE, 0, loaded.value());
    }

    /** A lane that was abandoned while it read may wake up late: it must not put its reading over a newer one. */
    private synchronized void replace(Loaded<T> before, Loaded<T> after) {
        if (loaded != before) {
            throw new IllegalStateException("another writer has taken over; what this one loaded is out of date");
        }
        loaded = after;
    }

    private record Loaded<T>(long epoch, long position, T value) {}
}
