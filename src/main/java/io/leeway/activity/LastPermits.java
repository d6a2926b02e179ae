package io.leeway.activity;

import static io.leeway.activity.ActivityChanges.array;

import io.leeway.ledger.Lookup;
import io.leeway.ledger.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The last permits under some keys, as a transaction sees them. Not thread-safe. */
final class LastPermits {
    /** So many agents of one subject are told apart; more are more than any table asks for. */
    private static final int MOST = 10_000;

    private static final String LAST = """
            select a.key, l.member, l.bucket, l.decision_id, l.agent, l.action_type, l.at
            from unnest(?::uuid[]) a (key),
              lateral (select * from activity_last where realm = ? and key = a.key limit %d) l
            """.formatted(MOST);

    private final String realm;
    private final Map<UUID, Map<UUID, Last>> found = new HashMap<>();
    private final Set<UUID> asked = new HashSet<>();

    LastPermits(String realm) {
        this.realm = realm;
    }

    /** A permit that no later one has followed. */
    record Last(long bucket, UUID decision, String agent, String actionType, Instant at) {}

    /** Notes that this will be asked. */
    void ask(UUID key) {
        if (!found.containsKey(key)) {
            found.put(key, new HashMap<>());
            asked.add(key);
        }
    }

    /** Reads what was noted and not read yet. */
    List<Lookup> lookups() {
        if (asked.isEmpty()) {
            return List.of();
        }
        Set<UUID> keys = Set.copyOf(asked);
        asked.clear();
        return List.of(new Lasts(keys));
    }

    /** One that this transaction gave. */
    void add(UUID key, UUID member, Last last) {
        found.computeIfAbsent(key, it -> {
                    asked.add(it);
                    return new HashMap<>();
                })
                .put(member, last);
    }

    /** Whether it was asked, or something was added. */
    boolean knows(UUID key) {
        return found.containsKey(key);
    }

    /** Those in that bucket and later ones. */
    List<Last> of(UUID key, long first) {
        Map<UUID, Last> here = found.get(key);
        if (here == null) {
            throw new IllegalStateException("what is asked for was not read");
        }
        return here.values().stream().filter(last -> last.bucket() >= first).toList();
    }

    private final class Lasts implements Lookup {
        private final Set<UUID> keys;

        Lasts(Set<UUID> keys) {
            this.keys = keys;
        }

        @Override
        public String sql() {
            return LAST;
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
                // What this transaction gave came later.
                found.computeIfAbsent(rows.getObject(1, UUID.class), key -> new HashMap<>())
                        .putIfAbsent(
                                rows.getObject(2, UUID.class),
                                new Last(
                                        rows.getLong(3),
                                        rows.getObject(4, UUID.class),
                                        rows.getString(5),
                                        rows.getString(6),
                                        Sql.time(rows, "at")));
            }
        }
    }
}
