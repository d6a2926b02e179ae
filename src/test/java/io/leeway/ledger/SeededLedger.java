package io.leeway.ledger;

import io.agroal.api.AgroalDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Appends entries to a ledger that nobody else writes, as if they had been appended one after the other at times of the
 * caller's choice: the product's own headers, leaves and frontier, brought in by {@code COPY}. For tests and measurements.
 *
 * <p>Rows are built by as many threads as the caller likes, as {@link Part}s; parts are taken over in order.
 */
public final class SeededLedger implements AutoCloseable {
    private final AgroalDataSource dataSource;
    private final Ledger ledger;
    private final CopiedTable entries;
    private final CopiedTable records;
    private final List<CopiedTable> others = new ArrayList<>();
    private final Frontier frontier;
    private Instant last;

    public SeededLedger(AgroalDataSource dataSource, Ledger ledger) throws SQLException {
        this.dataSource = dataSource;
        this.ledger = ledger;
        Head head = ledger.head();
        this.frontier = Frontier.of(head.size(), head.frontier());
        this.last = head.lastTime();
        this.entries = table(
                "ledger_entry", "realm, position, kind, recorded_at, header, idempotency_key, request_hash, terms");
        this.records = table("ledger_record", "realm, position, recorded_at, salt, facts, result");
    }

    public static Ledger ledger(AgroalDataSource dataSource, String realm) throws SQLException {
        Ledger ledger = new Ledger(dataSource, () -> realm);
        ledger.start();
        return ledger;
    }

    /** The query that reads entries, with its arguments in it. */
    public static String entryQuery(String realm, long from, int limit) {
        return Ledger.ENTRY
                .replaceFirst("\\?", "'" + realm + "'")
                .replaceFirst("\\?", Long.toString(from))
                .replaceFirst("\\?", Integer.toString(limit));
    }

    /** Makes the partitions from that time on. */
    public static void partitions(Connection connection, Instant from) throws SQLException {
        try (PreparedStatement make = connection.prepareStatement("select ledger_record_partition(month) from"
                + " generate_series(date_trunc('month', ?::timestamptz), now(), interval '1 month') month")) {
            make.setObject(1, from.atOffset(ZoneOffset.UTC));
            make.execute();
        }
    }

    /** The entry that is appended at that position and time, as it is read back. */
    public static StoredEntry stored(String realm, long position, Instant time, EntryDraft draft) {
        byte[] facts = draft.facts();
        byte[] salt =
                facts == null ? null : Hashes.sha256(Long.toString(position).getBytes(StandardCharsets.UTF_8));
        byte[] commitment = facts == null ? null : Hashes.sha256(salt, facts);
        return new StoredEntry(
                position,
                draft.kind().name(),
                draft.header(realm, position, time, commitment),
                salt,
                facts,
                draft.result());
    }

    /** A transaction at the end of the ledger, and at a time of the caller's choice. */
    public static LedgerTransaction at(Connection connection, Ledger ledger, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        SplittableRandom random = new SplittableRandom(1);
        return new LedgerTransaction(
                connection,
                ledger.realm(),
                ledger.head(),
                now,
                Map.of(),
                new LedgerSession.Randomness(random, new java.security.SecureRandom()));
    }

    /** A table of a feature's own that is filled along with the entries; its rows are the part's of that number. */
    public void also(String table, String columns) throws SQLException {
        others.add(table(table, columns));
    }

    private CopiedTable table(String name, String columns) throws SQLException {
        return new CopiedTable(dataSource.getConnection(), name, columns);
    }

    /** Position of the next part's first entry. */
    public long position() {
        return frontier.size();
    }

    /** Entries that follow each other, built apart. Not thread-safe. */
    public static final class Part {
        private final String realm;
        private final SplittableRandom salts;
        private final CopyRows entries = new CopyRows();
        private final CopyRows records = new CopyRows();
        private final List<CopyRows> others = new ArrayList<>();
        private final List<byte[]> leaves = new ArrayList<>();
        private @Nullable Instant last;

        public Part(String realm, long seed, int others) {
            this.realm = realm;
            this.salts = new SplittableRandom(seed);
            for (int i = 0; i < others; i++) {
                this.others.add(new CopyRows());
            }
        }

        public void add(long position, Instant time, EntryDraft draft) {
            byte[] facts = draft.facts();
            byte[] commitment = null;
            if (facts != null) {
                byte[] salt = new byte[16];
                salts.nextBytes(salt);
                commitment = Hashes.sha256(salt, facts);
                records.row(realm, position, time, salt, facts, draft.result());
            }
            byte[] header = draft.header(realm, position, time, commitment);
            leaves.add(Frontier.leafHash(header));
            entries.row(
                    realm,
                    position,
                    draft.kind().name(),
                    time,
                    header,
                    draft.idempotencyKey(),
                    draft.requestHash(),
                    draft.terms());
            last = time;
        }

        /** Rows of the table that was named as that one by {@link SeededLedger#also}. */
        public CopyRows other(int number) {
            return others.get(number);
        }
    }

    /** Takes over the next part. */
    public void append(Part part) throws SQLException {
        part.leaves.forEach(frontier::append);
        entries.write(part.entries.bytes());
        records.write(part.records.bytes());
        for (int i = 0; i < others.size(); i++) {
            others.get(i).write(part.others.get(i).bytes());
        }
        if (part.last != null) {
            last = part.last;
        }
    }

    /** Builds the indexes and moves the head: now it is as if all of it had happened. */
    public void finish() throws SQLException {
        entries.finish();
        records.finish();
        for (CopiedTable other : others) {
            other.finish();
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement head = connection.prepareStatement(
                        "update ledger_head set size = ?, frontier = ?, last_time = ? where realm = ?")) {
            connection.setAutoCommit(true);
            head.setLong(1, frontier.size());
            head.setBytes(2, frontier.toBytes());
            head.setObject(3, last.atOffset(ZoneOffset.UTC));
            head.setString(4, ledger.realm());
            head.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        entries.close();
        records.close();
        for (CopiedTable other : others) {
            other.close();
        }
    }
}
