package io.leeway.ledger;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A named reader's place in the ledger, kept in the database: what it did and how far it has come are one transaction, so
 * that each entry is taken in exactly once, by whichever replica comes first.
 */
public final class Cursor {
    private static final int STEP = 5_000;

    private final AgroalDataSource dataSource;
    private final String realm;
    private final String name;

    Cursor(AgroalDataSource dataSource, String realm, String name) {
        this.dataSource = dataSource;
        this.realm = realm;
        this.name = name;
    }

    /** Takes in the entries {@code from} (inclusive) to {@code to} (exclusive), on that connection, without committing. */
    @FunctionalInterface
    public interface Step {
        void take(Connection connection, long from, long to) throws SQLException;
    }

    /** Takes in everything up to the head as it was at the start of the call. */
    public void follow(Step step) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long head = one(connection, "select size from ledger_head where realm = ?", realm);
                while (advance(connection, head, step)) {
                    connection.commit();
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean advance(Connection connection, long head, Step step) throws SQLException {
        update(connection, "insert into ledger_cursor values (?, ?, 0) on conflict do nothing", realm, name);
        long from = one(
                connection, "select position from ledger_cursor where realm = ? and name = ? for update", realm, name);
        long to = Math.min(head, from + STEP);
        if (from >= to) {
            return false;
        }
        step.take(connection, from, to);
        update(connection, "update ledger_cursor set position = ? where realm = ? and name = ?", to, realm, name);
        return true;
    }

    private static long one(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, arguments);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, arguments);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
