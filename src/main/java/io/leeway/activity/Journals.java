package io.leeway.activity;

import static io.leeway.activity.ActivityChanges.array;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.ledger.SentAlong;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was done on subjects and traces, event by event, as a transaction sees it. A journal takes in some twenty decisions, and is
 * full then: the sums tell the rest. So most subjects cost one short row, and no subject more than its sums. Only the lane reads
 * journals, but whoever fills may add to them meanwhile: they are only ever appended to. Not thread-safe.
 */
final class Journals {
    /** So many bytes are taken in; a row is to fit into a page several times. */
    static final int ROOM = 2_400;

    private static final String READ = """
            select a.key, j.events, j.is_full from unnest(?::uuid[]) a (key),
              lateral (select events, is_full from activity_journal where realm = ? and key = a.key limit 1) j
            """;

    private static final String WRITE = """
            insert into activity_journal (realm, key, events, is_full, ends)
            select ?, c.* from unnest(?::uuid[], ?::bytea[], ?::boolean[], ?::bigint[]) c
            on conflict (realm, key) do update
            set events = activity_journal.events || excluded.events,
                is_full = activity_journal.is_full or excluded.is_full,
                ends = greatest(activity_journal.ends, excluded.ends)
            """;

    /** Tells which of them took it in. */
    private static final String OFFER = WRITE + """
            where not activity_journal.is_full
              and length(activity_journal.events) + length(excluded.events) <= %d
            returning key
            """.formatted(ROOM);

    private final String realm;
    private final Map<UUID, Journal> found = new HashMap<>();
    private final Set<UUID> asked = new HashSet<>();
    private final Map<UUID, Addition> additions = new TreeMap<>();

    Journals(String realm) {
        this.realm = realm;
    }

    private static final class Journal {
        private int bytes;
        private boolean full;
        private final Map<UUID, JournalEvent> events = new HashMap<>();
    }

    private static final class Addition {
        private final ByteArrayOutputStream events = new ByteArrayOutputStream();
        private boolean full;
        private long ends;
    }

    /** Notes that this will be asked. */
    void ask(UUID key) {
        if (!found.containsKey(key)) {
            found.put(key, new Journal());
            asked.add(key);
        }
    }

    /** Whether the sums tell more than it does: as it was read. */
    boolean isFull(UUID key) {
        Journal journal = found.get(key);
        return journal != null && journal.full;
    }

    /** What it tells, together with what was added here. */
    Collection<JournalEvent> of(UUID key) {
        Journal journal = found.get(key);
        if (journal == null || asked.contains(key)) {
            throw new IllegalStateException("what is asked for was not read");
        }
        return journal.events.values();
    }

    /** Reads what was noted and not read yet. */
    List<Lookup> lookups() {
        if (asked.isEmpty()) {
            return List.of();
        }
        Set<UUID> keys = Set.copyOf(asked);
        asked.clear();
        return List.of(new Reading(keys));
    }

    /**
     * Takes in an event as the last one.
     *
     * @param ends when no window reaches it any more, in seconds since 1970
     * @return false when there is no room: then it has to be added to the sums
     */
    boolean add(UUID key, JournalEvent event, long ends) {
        ask(key);
        Journal journal = Objects.requireNonNull(found.get(key));
        Addition addition = additions.computeIfAbsent(key, it -> new Addition());
        addition.ends = Math.max(addition.ends, ends);
        byte[] encoded = event.encoded();
        if (journal.full || addition.full || journal.bytes + encoded.length > ROOM) {
            addition.full = true;
            return false;
        }
        journal.bytes += encoded.length;
        journal.events.put(event.decision(), event);
        addition.events.writeBytes(encoded);
        return true;
    }

    /**
     * Notes that the permit of a decision was used.
     *
     * @return false when it does not tell of the decision: then it has to be added to the sums
     */
    boolean use(UUID key, UUID decision, long ends) {
        boolean here = of(key).stream().anyMatch(event -> event.decision().equals(decision));
        Addition addition = additions.computeIfAbsent(key, it -> new Addition());
        addition.ends = Math.max(addition.ends, ends);
        if (here) {
            addition.events.writeBytes(JournalEvent.use(decision));
        } else {
            addition.full = true;
        }
        return here;
    }

    /** Has what was added written with the transaction's entries. */
    void sendWith(LedgerTransaction tx) {
        if (!additions.isEmpty()) {
            tx.sendAlong(new Writing(WRITE, realm, additions));
        }
    }

    /**
     * Writes events at once, of which it is not known whether there is room for them.
     *
     * @param events of each journal, encoded
     * @param ends as in {@link #add}
     * @return those journals that had no room, and are full now: their events have to be added to the sums
     */
    static Set<UUID> offer(Connection connection, String realm, Map<UUID, byte[]> events, long ends)
            throws SQLException {
        Map<UUID, Addition> offered = new TreeMap<>();
        Map<UUID, Addition> refused = new TreeMap<>();
        events.forEach((key, encoded) -> {
            Addition addition = new Addition();
            addition.ends = ends;
            addition.full = encoded.length > ROOM;
            if (!addition.full) {
                addition.events.writeBytes(encoded);
                offered.put(key, addition);
            }
            Addition full = new Addition();
            full.ends = ends;
            full.full = true;
            refused.put(key, full);
        });
        try (PreparedStatement statement = connection.prepareStatement(OFFER)) {
            new Writing(OFFER, realm, offered).bind(statement, 1);
            try (ResultSet taken = statement.executeQuery()) {
                while (taken.next()) {
                    refused.remove(taken.getObject(1, UUID.class));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            new Writing(WRITE, realm, refused).bind(statement, 1);
            statement.executeUpdate();
        }
        return refused.keySet();
    }

    private record Writing(String sql, String realm, Map<UUID, Addition> additions) implements SentAlong {
        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            Collection<Addition> rows = additions.values();
            statement.setString(first, realm);
            statement.setArray(first + 1, array(statement, "uuid", additions.keySet(), key -> key));
            statement.setArray(
                    first + 2,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "bytea",
                                    rows.stream()
                                            .map(row -> row.events.toByteArray())
                                            .toArray(byte[][]::new)));
            statement.setArray(first + 3, array(statement, "boolean", rows, row -> row.full));
            statement.setArray(first + 4, array(statement, "bigint", rows, row -> row.ends));
            return first + 5;
        }
    }

    private final class Reading implements Lookup {
        private final Set<UUID> keys;

        Reading(Set<UUID> keys) {
            this.keys = keys;
        }

        @Override
        public String sql() {
            return READ;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, array(statement, "uuid", keys, key -> key));
            statement.setString(first + 1, realm);
            return first + 2;
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                Journal journal = Objects.requireNonNull(found.get(rows.getObject(1, UUID.class)));
                byte[] events = rows.getBytes(2);
                journal.bytes += events.length;
                journal.full = rows.getBoolean(3);
                journal.events.putAll(JournalEvent.decode(events));
            }
        }
    }
}
