package io.leeway.decision;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Refusal;
import java.sql.SQLException;

/**
 * Something that is done in one place of the total order.
 *
 * @param <T> what its caller gets once it is durable
 */
@FunctionalInterface
public interface Work<T> {
    /**
     * Runs under the head row. Judges first, then changes: a work that refuses must have changed nothing.
     *
     * @throws Refusal when it is not carried out
     * @throws SQLException when the database failed; the whole transaction is rolled back
     */
    T run(LedgerTransaction tx) throws SQLException;
}
