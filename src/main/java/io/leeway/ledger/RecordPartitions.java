package io.leeway.ledger;

import io.leeway.model.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The months of {@code ledger_record}: made before they are needed, and taken out as a whole once nobody is to keep them.
 *
 * <p>Both happen under the head row, which keeps replicas from doing the same at once and writers out of the way. Neither
 * waits for readers longer than a moment: what does not succeed now is tried again later, and disturbs no other work of the
 * transaction.
 */
public final class RecordPartitions {
    /** What the entry says that takes records out: the positions whose records are gone. */
    public static final EntryKind RETENTION = new EntryKind("record.retention");

    private static final Logger LOG = Logger.getLogger(RecordPartitions.class);
    private static final int MONTHS_AHEAD = 3;
    private static final String DEFAULT = "ledger_record_default";
    private static final String PREFIX = "ledger_record_";
    private static final String TAKEN_OUT = "erased_ledger_record_";
    private static final String MONTHS = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'ledger_record'::regclass and c.relname ~ '^ledger_record_[0-9]{4}_[0-9]{2}$' order by 1
            """;

    private RecordPartitions() {}

    /** Whether a month is missing, of the one of {@code now} and the next ones. */
    public static boolean areMissing(Connection connection, Instant now) throws SQLException {
        return !names(connection, MONTHS).containsAll(needed(now));
    }

    /** Makes the months that are missing. */
    public static boolean make(LedgerTransaction tx) throws SQLException {
        return attempt(tx, connection -> {
            try (PreparedStatement make = connection.prepareStatement("select ledger_record_partition(?)")) {
                for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                    make.setObject(
                            1,
                            month(tx.now())
                                    .plusMonths(ahead)
                                    .atDay(1)
                                    .atStartOfDay()
                                    .atOffset(ZoneOffset.UTC));
                    make.execute();
                }
            }
            return true;
        });
    }

    /** Whether there is a month that ended before the limit. */
    public static boolean haveEnded(Connection connection, Instant limit) throws SQLException {
        return next(connection, limit).isPresent();
    }

    /**
     * Takes out the oldest month that ended before the limit, and appends the entry that says so. A month with records of
     * another realm stays: it is not this one's to take out.
     *
     * @return whether something was taken out, so that there may be more
     */
    public static boolean takeOut(LedgerTransaction tx, Instant limit) throws SQLException {
        return attempt(tx, connection -> {
            Optional<String> partition = next(connection, limit);
            if (partition.isEmpty() || isShared(tx, partition.get())) {
                return false;
            }
            List<Long> range = range(tx, partition.get());
            remove(connection, partition.get());
            if (!range.isEmpty()) {
                tx.append(EntryDraft.of(RETENTION, Actor.INSTALLATION).erased(range.get(0), range.get(1)));
            }
            return true;
        });
    }

    /** Gives the space back of what was taken out; outside of any ledger transaction, since it may take long. */
    public static void drop(Connection connection) throws SQLException {
        for (String name : names(
                connection,
                "select relname from pg_class where relkind = 'r' and pg_table_is_visible(oid) and relname ~ '^"
                        + TAKEN_OUT + "'")) {
            execute(connection, "drop table if exists " + name);
        }
    }

    /** The oldest month that is over; when there is none, the default one if all that is in it is older. */
    private static Optional<String> next(Connection connection, Instant limit) throws SQLException {
        for (String name : names(connection, MONTHS)) {
            YearMonth month = YearMonth.parse(name.substring(PREFIX.length()).replace('_', '-'));
            if (!start(month.plusMonths(1)).isAfter(limit)) {
                return Optional.of(name);
            }
        }
        try (PreparedStatement newest =
                connection.prepareStatement("select 1 from " + DEFAULT + " having max(recorded_at) < ?")) {
            newest.setObject(1, limit.atOffset(ZoneOffset.UTC));
            try (ResultSet row = newest.executeQuery()) {
                return row.next() ? Optional.of(DEFAULT) : Optional.empty();
            }
        }
    }

    private static boolean isShared(LedgerTransaction tx, String partition) throws SQLException {
        String sql = "select exists (select from %1$s where realm < ?) or exists (select from %1$s where realm > ?)";
        try (PreparedStatement select = tx.connection().prepareStatement(sql.formatted(partition))) {
            select.setString(1, tx.realm());
            select.setString(2, tx.realm());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                boolean shared = row.getBoolean(1);
                if (shared) {
                    LOG.warnf(
                            "%s holds records of another realm and stays; give realms databases of their own",
                            partition);
                }
                return shared;
            }
        }
    }

    /** First and last position; empty when there is no record. */
    private static List<Long> range(LedgerTransaction tx, String partition) throws SQLException {
        try (PreparedStatement select = tx.connection()
                .prepareStatement("select min(position), max(position) from " + partition + " where realm = ?")) {
            select.setString(1, tx.realm());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long first = row.getLong(1);
                return row.wasNull() ? List.of() : List.of(first, row.getLong(2));
            }
        }
    }

    private static void remove(Connection connection, String partition) throws SQLException {
        if (partition.equals(DEFAULT)) {
            execute(connection, "truncate " + DEFAULT);
        } else {
            execute(connection, "alter table ledger_record detach partition " + partition);
            execute(connection, "alter table " + partition + " rename to " + partition.replace(PREFIX, TAKEN_OUT));
        }
    }

    @FunctionalInterface
    private interface Step {
        boolean take(Connection connection) throws SQLException;
    }

    /** Undoes a step that fails, and only that, so that the other work of the transaction is kept. */
    private static boolean attempt(LedgerTransaction tx, Step step) throws SQLException {
        Connection connection = tx.connection();
        Savepoint before = connection.setSavepoint();
        try {
            execute(connection, "set local lock_timeout = '100ms'");
            boolean done = step.take(connection);
            connection.releaseSavepoint(before);
            return done;
        } catch (SQLException e) {
            connection.rollback(before);
            LOG.warnf("the months of ledger_record stay as they are for now: %s", e.getMessage());
            return false;
        }
    }

    private static List<String> needed(Instant now) {
        List<String> names = new ArrayList<>();
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            names.add(PREFIX + month(now).plusMonths(ahead).toString().replace('-', '_'));
        }
        return names;
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
