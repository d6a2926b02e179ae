package io.leeway.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A feature's statement that is sent along with one of the ledger's own: the head row is held for a round trip less. It runs
 * inside the same transaction, after the lock.
 */
public interface SentAlong {
    /** One statement, the same text each time, so that its plan is kept. */
    String sql();

    /**
     * Puts in its parameters.
     *
     * @param first number of its first parameter
     * @return the number after its last one
     */
    int bind(PreparedStatement statement, int first) throws SQLException;
}
