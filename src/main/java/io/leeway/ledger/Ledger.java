package io.leeway.ledger;

import io.agroal.api.AgroalDataSource;
import io.leeway.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log of one realm. Writing goes through {@link #open}; reading needs no lock. */
@ApplicationScoped
public class Ledger {
    /** The time in the join leads to the one partition that can hold the record. */
    static final String ENTRY = """
            select e.position, e.kind, e.header, r.salt, r.facts, r.result
            from ledger_entry e
            left join ledger_record r on r.realm = e.realm and r.position = e.position and r.recorded_at = e.recorded_at
            where e.realm = ? and e.position >= ? order by e.position limit ?
            """;

    /**
     * Record by record, whatever the planner guesses of the range: a join could read all months for each page.
     */
    private static final String ENTRIES_OF_KIND = """
            select e.position, e.kind, e.header, r.salt, r.facts, r.result
            from (select realm, position, recorded_at, kind, header from ledger_entry
                  where realm = ? and position >= ? and position < ? and kind = any(?) order by position limit ?) e
            left join lateral (
              select salt, facts, result from ledger_record
              where realm = e.realm and position = e.position and recorded_at = e.recorded_at limit 1) r on true
            order by e.position
            """;

    private static final String ENTRIES_AT = """
            select e.position, e.kind, e.header, r.salt, r.facts, r.result
            from unnest(?::bigint[]) asked (position), lateral (
              select realm, position, recorded_at, kind, header from ledger_entry
              where realm = ? and position = asked.position limit 1) e
            left join lateral (
              select salt, facts, result from ledger_record
              where realm = e.realm and position = e.position and recorded_at = e.recorded_at limit 1) r on true
            order by e.position
            """;

    private final AgroalDataSource dataSource;
    private final String realm;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable TagKey tagKey;

    Ledger(AgroalDataSource dataSource, LedgerConfig config) {
        this.dataSource = dataSource;
        this.realm = config.realm();
    }

    public String realm() {
        return realm;
    }

    /**
     * Makes the realm's rows unless they are there, and reads its key. Idempotent, and safe on several replicas at once.
     *
     * @throws SQLException when the database cannot be reached
     */
    public void start() throws SQLException {
        byte[] fresh = new byte[Hashes.SIZE];
        random.nextBytes(fresh);
        try (Connection connection = dataSource.getConnection()) {
            update(connection, "insert into realm (realm, tag_key) values (?, ?) on conflict do nothing", realm, fresh);
            update(
                    connection,
                    "insert into ledger_head values (?, 0, '', 'epoch', 1, 0) on conflict do nothing",
                    realm);
            try (PreparedStatement select = connection.prepareStatement("select tag_key from realm where realm = ?")) {
                select.setString(1, realm);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    tagKey = new TagKey(rows.getBytes(1));
                }
            }
        }
    }

    /** A connection of its own for one writer. */
    public LedgerSession open() throws SQLException {
        return LedgerSession.open(dataSource.getConnection(), realm, random);
    }

    /** The tag of a value, hex; kinds are those of {@link Tags}. */
    public String tag(String kind, byte[] value) {
        return tagKey().tag(kind, value);
    }

    /** The bytes of a tag. */
    public byte[] keyedHash(String kind, byte[] value) {
        return tagKey().hash(kind, value);
    }

    private TagKey tagKey() {
        TagKey key = tagKey;
        if (key == null) {
            throw new IllegalStateException("the ledger has not been started");
        }
        return key;
    }

    /** The tag of a value, hex; kinds are those of {@link Tags}. */
    public String tag(String kind, String value) {
        return tag(kind, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A subject's tag: over {@code <type>/<id>}. */
    public String subjectTag(Subject subject) {
        return tag(Tags.SUBJECT, subject.type() + "/" + subject.id());
    }

    /** The entry at that position. */
    public Optional<StoredEntry> entry(long position) throws SQLException {
        return entries(position, 1).stream()
                .filter(entry -> entry.position() == position)
                .findFirst();
    }

    /** Entries from that position on, at most {@code limit}, in order. */
    public List<StoredEntry> entries(long from, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return entries(connection, realm, from, limit);
        }
    }

    static List<StoredEntry> entries(Connection connection, String realm, long from, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRY)) {
            select.setString(1, realm);
            select.setLong(2, from);
            select.setInt(3, limit);
            return read(select);
        }
    }

    /**
     * Entries of that kind from {@code from} (inclusive) to {@code to} (exclusive), in order. All of them are held in memory.
     */
    public List<StoredEntry> entries(EntryKind kind, long from, long to) throws SQLException {
        return entries(Set.of(kind), from, to);
    }

    /** The same of several kinds. */
    public List<StoredEntry> entries(Set<EntryKind> kinds, long from, long to) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(ENTRIES_OF_KIND)) {
            select.setString(1, realm);
            select.setLong(2, from);
            select.setLong(3, to);
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "text", kinds.stream().map(EntryKind::name).toArray()));
            select.setLong(5, Math.max(0, to - from));
            return read(select);
        }
    }

    /** Entries at these positions, in order; where there is none, nothing. All of them are held in memory. */
    public List<StoredEntry> entries(Collection<Long> positions) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(ENTRIES_AT)) {
            select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            select.setString(2, realm);
            return read(select);
        }
    }

    private static List<StoredEntry> read(PreparedStatement select) throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new StoredEntry(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getBytes(3),
                        rows.getBytes(4),
                        rows.getBytes(5),
                        rows.getBytes(6)));
            }
        }
        return entries;
    }

    /**
     * Position of the first entry at or after that time; the number of entries when there is none. The time of entries never
     * goes back, so it is found by halving.
     */
    public long positionAt(Instant time) throws SQLException {
        long high = head().size();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select recorded_at from ledger_entry where realm = ? and position = ?")) {
            select.setString(1, realm);
            long low = 0;
            while (low < high) {
                long middle = (low + high) >>> 1;
                select.setLong(2, middle);
                if (timeOf(select).isBefore(time)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private static Instant timeOf(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the ledger has a gap");
            }
            return instant(row, 1);
        }
    }

    /** Runs a query of a feature's own on a connection that is only read from. */
    public <T> T query(Query<T> query) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return query.run(connection);
        }
    }

    /** Something that is read from the database. */
    @FunctionalInterface
    public interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** How far the reader of that name has come. */
    public Cursor cursor(String name) {
        return new Cursor(dataSource, realm, name);
    }

    /** The head as committed last. */
    public Head head() throws SQLException {
        return moment().head();
    }

    /** The head as committed last, and the time that a next entry would get. */
    public Moment moment() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        LedgerSession.HEAD.replace(" for update", "") + "; select clock_timestamp()")) {
            select.setString(1, realm);
            select.execute();
            Head head = LedgerSession.readHead(select.getResultSet());
            select.getMoreResults();
            return new Moment(head, LedgerSession.readNow(select.getResultSet(), head));
        }
    }

    /** A reading of the head and of the one clock. */
    public record Moment(Head head, Instant now) {}

    private static void update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
