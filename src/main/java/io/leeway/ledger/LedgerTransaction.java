package io.leeway.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one door: while this transaction lives, its holder is at the head of the log, alone. Whatever changes state does it
 * here and appends an entry that says so. Ends with {@link #commit}, or with the session's rollback. Not thread-safe.
 */
public final class LedgerTransaction {
    private static final int SALT_BYTES = 16;
    /** The commit is part of it: one round trip for both, and the head row is held that much shorter. */
    private static final String WRITE_AND_COMMIT = """
            with entry as (
              insert into ledger_entry (realm, position, kind, recorded_at, header, idempotency_key, request_hash, terms)
              select ?, ? + e.n, e.kind, ?, e.header, e.key, e.hash, e.terms::bigint[]
              from unnest(?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[])
                   with ordinality e (kind, header, key, hash, terms, n)),
            record as (
              insert into ledger_record (realm, recorded_at, position, salt, facts, result)
              select ?, ?, ? + r.n, r.salt, r.facts, r.result
              from unnest(?::bytea[], ?::bytea[], ?::bytea[]) with ordinality r (salt, facts, result, n)
              where r.salt is not null)
            update ledger_head
            set size = ?, frontier = ?, last_time = ?, control_epoch = ?, policy_generation = ? where realm = ?;
            commit
            """;

    private final Connection connection;
    private final String realm;
    private final Head head;
    private final Instant now;
    private final Map<Key, Known> known;
    private final LedgerSession.Randomness random;
    private final Frontier frontier;
    private final List<Pending> pending = new ArrayList<>();
    private final List<SentAlong> along = new ArrayList<>();
    private long controlEpoch;
    private long policyGeneration;

    LedgerTransaction(
            Connection connection,
            String realm,
            Head head,
            Instant now,
            Map<Key, Known> known,
            LedgerSession.Randomness random) {
        this.connection = connection;
        this.realm = realm;
        this.head = head;
        this.now = now;
        this.known = known;
        this.random = random;
        this.frontier = Frontier.of(head.size(), head.frontier());
        this.controlEpoch = head.controlEpoch();
        this.policyGeneration = head.policyGeneration();
    }

    public String realm() {
        return realm;
    }

    /** The ledger's time at the positions of this transaction: the one clock. */
    public Instant now() {
        return now;
    }

    /** Where the next entry will stand. */
    public long position() {
        return frontier.size();
    }

    /** A new id that leads to the next entry. */
    public UUID newId() {
        return PositionedId.at(now, position(), random.ids()::nextLong);
    }

    /** For a feature's own statements on its own tables, inside this transaction. Never commit or roll back on it. */
    public Connection connection() {
        return connection;
    }

    /** Moves when stops, stages or keys change. */
    public long controlEpoch() {
        return controlEpoch;
    }

    /** Tells every replica, this one included, to reload stops, stages and keys. */
    public void moveControlEpoch() {
        controlEpoch++;
    }

    /** Moves when another policy version becomes active; 0 when none ever was. */
    public long policyGeneration() {
        return policyGeneration;
    }

    /** Tells every replica, this one included, that another version is active. */
    public long movePolicyGeneration() {
        return ++policyGeneration;
    }

    /** Looks up more keys, and whatever else is asked, for what came too late to go with the lock: one round trip. */
    public void lookUp(Collection<byte[]> keys, Collection<? extends Lookup> others) throws SQLException {
        Lookups lookups = new Lookups(realm, keys, others);
        if (lookups.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(String.join("; ", lookups.sql()))) {
            lookups.bind(statement, 1);
            statement.execute();
            lookups.read(statement);
        }
        lookups.known().found().forEach(known::putIfAbsent);
    }

    /** The entry that already bears this key, committed or earlier in this transaction. */
    public Optional<Known> known(byte[] idempotencyKey) {
        return Optional.ofNullable(known.get(new Key(idempotencyKey)));
    }

    /** The committed or pending entry at that position. */
    public Optional<StoredEntry> entry(long position) throws SQLException {
        if (position < head.size()) {
            return Ledger.entries(connection, realm, position, 1).stream()
                    .filter(entry -> entry.position() == position)
                    .findFirst();
        }
        return position < position()
                ? Optional.of(pending.get((int) (position - head.size())).stored())
                : Optional.empty();
    }

    /** Puts the entry at the end of the log. It is there for others once {@link #commit} returns. */
    public Appended append(EntryDraft draft) {
        long position = position();
        byte[] facts = draft.facts();
        byte[] salt = null;
        byte[] commitment = null;
        if (facts != null) {
            salt = new byte[SALT_BYTES];
            random.salts().nextBytes(salt);
            commitment = Hashes.sha256(salt, facts);
        }
        byte[] header = draft.header(realm, position, now, commitment);
        byte[] leafHash = Frontier.leafHash(header);
        frontier.append(leafHash);
        Appended appended = new Appended(position, now, header, leafHash);
        pending.add(new Pending(appended, draft, salt));
        byte[] key = draft.idempotencyKey();
        byte[] hash = draft.requestHash();
        if (key != null && hash != null) {
            known.put(new Key(key), new Known(position, hash));
        }
        return appended;
    }

    /** Sends a change of a feature's own with the entries, of which there must be some, just before them. */
    public void sendAlong(SentAlong change) {
        along.add(change);
    }

    /**
     * Writes the entries and the head, and makes them durable. When this returns, no crash loses them.
     *
     * @throws SQLException when it is unknown or certain that nothing was recorded
     */
    public void commit() throws SQLException {
        if (!pending.isEmpty() || controlEpoch != head.controlEpoch() || policyGeneration != head.policyGeneration()) {
            writeAndCommit();
        }
        // Tells the driver, and ends a transaction that wrote nothing here.
        connection.commit();
    }

    private void writeAndCommit() throws SQLException {
        // Ordinality counts from 1.
        long before = head.size() - 1;
        StringBuilder sql = new StringBuilder();
        along.forEach(change -> sql.append(change.sql()).append("; "));
        try (PreparedStatement statement =
                connection.prepareStatement(sql.append(WRITE_AND_COMMIT).toString())) {
            int i = 1;
            for (SentAlong change : along) {
                i = change.bind(statement, i);
            }
            statement.setString(i++, realm);
            statement.setLong(i++, before);
            statement.setObject(i++, now.atOffset(ZoneOffset.UTC));
            statement.setArray(
                    i++, array("text", String[]::new, one -> one.draft().kind().name()));
            statement.setArray(i++, bytes(one -> one.entry().header()));
            statement.setArray(i++, bytes(one -> one.draft().idempotencyKey()));
            statement.setArray(i++, bytes(one -> one.draft().requestHash()));
            statement.setArray(i++, array("text", String[]::new, Pending::terms));
            statement.setString(i++, realm);
            statement.setObject(i++, now.atOffset(ZoneOffset.UTC));
            statement.setLong(i++, before);
            statement.setArray(i++, bytes(Pending::salt));
            statement.setArray(i++, bytes(one -> one.draft().facts()));
            statement.setArray(i++, bytes(one -> one.draft().result()));
            statement.setLong(i++, frontier.size());
            statement.setBytes(i++, frontier.toBytes());
            statement.setObject(i++, now.atOffset(ZoneOffset.UTC));
            statement.setLong(i++, controlEpoch);
            statement.setLong(i++, policyGeneration);
            statement.setString(i, realm);
            statement.execute();
        }
    }

    private Array bytes(Function<Pending, byte @Nullable []> column) throws SQLException {
        return array("bytea", byte[][]::new, column);
    }

    /** Typed, so that the driver sends it in binary. */
    private <T> Array array(String type, IntFunction<T[]> typed, Function<Pending, ? extends @Nullable T> column)
            throws SQLException {
        T[] values = typed.apply(pending.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(pending.get(i));
        }
        return connection.createArrayOf(type, values);
    }

    private record Pending(Appended entry, EntryDraft draft, byte @Nullable [] salt) {
        /** As an array in an array cannot be sent: in PostgreSQL's own notation. */
        @Nullable
        String terms() {
            long[] terms = draft.terms();
            return terms == null
                    ? null
                    : Arrays.toString(terms).replace('[', '{').replace(']', '}');
        }

        StoredEntry stored() {
            return new StoredEntry(
                    entry.position(), draft.kind().name(), entry.header(), salt, draft.facts(), draft.result());
        }
    }

    /**
     * What stands under an idempotency key.
     *
     * @param requestHash hash of the request that made the entry
     */
    public record Known(long position, byte[] requestHash) {}

    /** Bytes as a key. */
    record Key(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
