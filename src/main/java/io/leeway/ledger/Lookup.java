package io.leeway.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A query that is sent along with the lock, and sees what was committed before it. */
public interface Lookup extends SentAlong {
    /** Takes in what was found. */
    void read(ResultSet rows) throws SQLException;
}
