package io.leeway.ledger;

import java.sql.SQLException;

/**
 * State kept in memory that must equal the ledger's before anything is decided. Called only on the thread that holds the
 * head row.
 */
public interface Replica {
    /**
     * Brings this state to the position of {@code tx}; called before each piece of work. Cheap when nothing moved: compare
     * {@link LedgerTransaction#controlEpoch} or {@link LedgerTransaction#policyGeneration} first.
     */
    void catchUp(LedgerTransaction tx) throws SQLException;

    /** A transaction was rolled back: what was learnt in it may never have happened. */
    void forget();
}
