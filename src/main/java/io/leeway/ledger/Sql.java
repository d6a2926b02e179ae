package io.leeway.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What features need beside plain JDBC for their own tables inside a {@link LedgerTransaction}. */
public final class Sql {
    private static final int PORTION = 500;

    private Sql() {}

    /**
     * Prepares a query of many rows, bound like {@link #bind}. They come in portions, so that the server does not take a holder
     * of the head row that still reads for one that hangs.
     */
    public static PreparedStatement query(Connection connection, String sql, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setFetchSize(PORTION);
            bind(statement, arguments);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Binds in order; an {@link Instant} as {@code timestamptz}, a {@code String[]} as {@code text[]}. */
    public static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i];
            if (value instanceof Instant time) {
                statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
            } else if (value instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** Runs a statement that changes exactly one row. */
    public static void updateOne(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            int changed = statement.executeUpdate();
            if (changed != 1) {
                throw new SQLException("one row was to change, not " + changed);
            }
        }
    }

    /** A {@code timestamptz} that may be null. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** A {@code timestamptz not null}. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
