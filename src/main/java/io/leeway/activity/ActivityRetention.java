package io.leeway.activity;

import io.leeway.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Deletes what no window reaches any more, so that what is kept is bounded by what is done in the longest windows. Nothing that
 * can still count is touched, so no lock is needed, and it does not matter when it runs.
 */
@ApplicationScoped
public class ActivityRetention {
    /** Far more than clocks differ by. */
    private static final long GRACE_SECONDS = 60;

    private static final String[] DELETES = {
        "delete from activity_journal where realm = ? and ends < ?",
        "delete from activity_sum where realm = ? and ends < ?",
        "delete from activity_last where realm = ? and ends < ?",
        "delete from activity_prior where realm = ? and ends < ?",
        "delete from activity_open where realm = ? and expires < ?"
    };

    private final Ledger ledger;

    ActivityRetention(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Deletes what is over now. Blocks. */
    public void forget() throws SQLException {
        long over = ledger.moment().now().getEpochSecond() - GRACE_SECONDS;
        ledger.query(connection -> {
            for (String delete : DELETES) {
                run(connection, delete, over);
            }
            return true;
        });
    }

    private void run(Connection connection, String sql, long over) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, ledger.realm());
            delete.setLong(2, over);
            delete.executeUpdate();
        }
    }
}
