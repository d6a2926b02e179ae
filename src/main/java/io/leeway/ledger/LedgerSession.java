package io.leeway.ledger;

import io.leeway.model.Refusal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * One writer's connection. Its timeouts bound how long a holder that hangs can hold the others: a transaction that idles
 * for 300 ms is ended by the server, and so is a statement, or a wait for the head row, of a second.
 */
public final class LedgerSession implements AutoCloseable {
    static final String HEAD =
            "select size, frontier, last_time, control_epoch, policy_generation from ledger_head where realm = ? for update";
    /** READ COMMITTED gives each statement its own snapshot, so that these two see what was committed before the lock. */
    private static final String LOCK = HEAD + "; select clock_timestamp()";

    /**
     * A prepared plan outlives the table that it was made for: one that reads a small table from end to end is still used when
     * that has grown, until statistics are gathered. Every statement here has its index, so it is to look there; and those
     * that look for many rows do it in a {@code lateral} with a limit, which no planner turns into a join of whole tables.
     */
    private static final String SETTINGS = """
            set idle_in_transaction_session_timeout = '300ms'; set lock_timeout = '1s'; set statement_timeout = '1s';
            set synchronous_commit = on; set enable_seqscan = off; set enable_bitmapscan = off
            """;

    private static final Logger LOG = Logger.getLogger(LedgerSession.class);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Connection connection;
    private final String realm;
    private final SecureRandom secure;
    private final SplittableRandom random;

    private LedgerSession(Connection connection, String realm, SecureRandom secure) {
        this.connection = connection;
        this.realm = realm;
        this.secure = secure;
        this.random = new SplittableRandom(secure.nextLong());
    }

    static LedgerSession open(Connection connection, String realm, SecureRandom secure) throws SQLException {
        try {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            connection.setAutoCommit(false);
            return new LedgerSession(connection, realm, secure);
        } catch (SQLException e) {
            discard(connection);
            throw e;
        }
    }

    /** {@link #begin(Collection, Collection)} without lookups. */
    public LedgerTransaction begin(Collection<byte[]> keys) throws SQLException {
        return begin(keys, List.of());
    }

    /**
     * Locks the head row, then reads the clock, then looks up which of the keys are already taken and whatever else is asked:
     * one round trip.
     *
     * @param keys idempotency keys of what is about to be appended
     * @throws Refusal {@code CLOCK_BEHIND} when the database's clock is more than 2 s behind the last entry
     */
    public LedgerTransaction begin(Collection<byte[]> keys, Collection<? extends Lookup> others) throws SQLException {
        Lookups lookups = new Lookups(realm, keys, others);
        StringBuilder sql = new StringBuilder(LOCK);
        lookups.sql().forEach(one -> sql.append("; ").append(one));
        try (PreparedStatement lock = connection.prepareStatement(sql.toString())) {
            lock.setString(1, realm);
            lookups.bind(lock, 2);
            lock.execute();
            Head head = readHead(lock.getResultSet());
            lock.getMoreResults();
            Instant now = readNow(lock.getResultSet(), head);
            lock.getMoreResults();
            lookups.read(lock);
            return new LedgerTransaction(
                    connection, realm, head, now, lookups.known().found(), new Randomness(random, secure));
        }
    }

    /** Gives up what the transaction did. */
    public void rollback() throws SQLException {
        connection.rollback();
    }

    /** Ends the connection at once, without a word to the server, so that it cannot hang. Safe from another thread. */
    public void abort() throws SQLException {
        discard(connection);
    }

    /** Gives the connection back to the pool as it came, without what was not committed. */
    @Override
    public void close() throws SQLException {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("reset all");
            }
            connection.close();
        } catch (SQLException e) {
            discard(connection);
        }
    }

    /**
     * The pool's own {@code abort} forgets the connection without ending it, and keeps its place in the pool. So the
     * connection behind it is aborted, then the pool is made to notice, and takes the place back.
     */
    private static void discard(Connection pooled) throws SQLException {
        try {
            pooled.unwrap(PgConnection.class).abort(Runnable::run);
            pooled.rollback();
        } catch (SQLException e) {
            LOG.debug("a discarded connection is broken, as it should be", e);
        } finally {
            pooled.close();
        }
    }

    static Head readHead(ResultSet rows) throws SQLException {
        try (rows) {
            if (!rows.next()) {
                throw new SQLException("the realm has no head row");
            }
            return new Head(
                    rows.getLong(1), rows.getBytes(2), Ledger.instant(rows, 3), rows.getLong(4), rows.getLong(5));
        }
    }

    static Instant readNow(ResultSet rows, Head head) throws SQLException {
        try (rows) {
            rows.next();
            Instant clock = Ledger.instant(rows, 1);
            if (clock.plus(CLOCK_TOLERANCE).isBefore(head.lastTime())) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        "CLOCK_BEHIND",
                        "The database's clock is more than 2 s behind the last entry. Treat the action as human in control.");
            }
            return clock.isAfter(head.lastTime()) ? clock : head.lastTime();
        }
    }

    /** Ids need to differ, salts need to be secret. */
    record Randomness(SplittableRandom ids, SecureRandom salts) {}
}
