package io.leeway.activity;

import static io.leeway.activity.ActivityChanges.array;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.SentAlong;
import io.leeway.ledger.Sql;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last permits under some keys, one by one and in the ledger's order, as a transaction sees them: those committed before it,
 * and those that it gave itself. Not thread-safe.
 */
final class PriorPermits {
    private static final String PRIOR = """
            select a.key, p.decision_id, p.agent, p.action_type, p.at, p.amount, p.currency, p.trace
            from unnest(?::uuid[]) a (key),
              lateral (select * from activity_prior where realm = ? and key = a.key order by position desc limit %d) p
            order by a.key, p.position desc
            """.formatted(ActivityQuery.MOST_PRIOR);

    private static final String WRITE = """
            insert into activity_prior
              (realm, key, position, decision_id, agent, action_type, at, amount, currency, trace, ends)
            select ?, c.* from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::numeric[],
                                      ?::text[], ?::uuid[], ?::bigint[]) c
            on conflict do nothing
            """;

    private final String realm;
    private final Set<UUID> asked = new HashSet<>();
    /** Newest first. */
    private final Map<UUID, List<Permit>> found = new HashMap<>();

    private final List<Added> added = new ArrayList<>();

    PriorPermits(String realm) {
        this.realm = realm;
    }

    /**
     * A permit.
     *
     * @param trace what stands for the trace; null when it belongs to none
     */
    record Permit(
            UUID decision,
            String agent,
            String actionType,
            Instant at,
            @Nullable Money money,
            @Nullable UUID trace) {
        static Permit of(ActivityEvent event, UUID decision, Instant at) {
            return new Permit(decision, event.agent(), event.actionType(), at, event.money(), event.traceKey());
        }

        /** Its place in the order of the ledger. */
        long position() {
            return PositionedId.positionOf(decision);
        }

        /** As it is seen by that event at that time. */
        PriorDecision seenBy(ActivityEvent event, Instant now) {
            boolean sameTrace = trace != null && trace.equals(event.traceKey());
            return PriorDecision.seen(now, decision.toString(), agent, actionType, at, money, sameTrace);
        }
    }

    private record Added(UUID key, Permit permit, long ends) {
        long position() {
            return permit.position();
        }

        @Nullable
        BigDecimal amount() {
            return permit.money() == null ? null : permit.money().value();
        }

        @Nullable
        String currency() {
            return permit.money() == null ? null : permit.money().currency();
        }
    }

    /** Notes that this will be asked. */
    void ask(UUID key) {
        if (!found.containsKey(key)) {
            found.put(key, new ArrayList<>());
            asked.add(key);
        }
    }

    /** Reads what was noted and not read yet. */
    List<Lookup> lookups() {
        if (asked.isEmpty()) {
            return List.of();
        }
        List<UUID> keys = List.copyOf(asked);
        asked.clear();
        return List.of(new Prior(keys));
    }

    /** One more, later than all before it. */
    void add(Series series, UUID key, Permit permit) {
        added.add(new Added(key, permit, series.ends(permit.at())));
    }

    /**
     * The last of them that lie in the window of the question at that time, newest first.
     *
     * @param committed whether there can be any from before this transaction
     */
    List<Permit> of(UUID key, boolean committed, ActivityQuery query, Instant now) {
        List<Permit> before = committed ? found.get(key) : List.of();
        if (before == null) {
            throw new IllegalStateException("`" + query.text() + "` was not read");
        }
        List<Permit> last = new ArrayList<>();
        for (int i = added.size() - 1; i >= 0; i--) {
            if (added.get(i).key().equals(key)) {
                last.add(added.get(i).permit());
            }
        }
        last.addAll(before);
        long first = query.window().first(now);
        return last.stream()
                .limit(ActivityQuery.MOST_PRIOR)
                .filter(permit -> query.window().buckets().of(permit.at()) >= first)
                .toList();
    }

    /** Has the added ones written with the transaction's entries. */
    void sendWith(LedgerTransaction tx) {
        if (!added.isEmpty()) {
            tx.sendAlong(new Additions());
        }
    }

    /** Writes the added ones at once. */
    void write(Connection connection) throws SQLException {
        if (!added.isEmpty()) {
            SentAlong additions = new Additions();
            try (PreparedStatement statement = connection.prepareStatement(additions.sql())) {
                additions.bind(statement, 1);
                statement.execute();
            }
        }
    }

    private final class Prior implements Lookup {
        private final List<UUID> keys;

        Prior(List<UUID> keys) {
            this.keys = keys;
        }

        @Override
        public String sql() {
            return PRIOR;
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
                BigDecimal amount = rows.getBigDecimal("amount");
                found.computeIfAbsent(rows.getObject(1, UUID.class), key -> new ArrayList<>())
                        .add(new Permit(
                                rows.getObject(2, UUID.class),
                                rows.getString(3),
                                rows.getString(4),
                                Sql.time(rows, "at"),
                                amount == null ? null : new Money(amount, rows.getString("currency")),
                                rows.getObject("trace", UUID.class)));
            }
        }
    }

    private final class Additions implements SentAlong {
        @Override
        public String sql() {
            return WRITE;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setString(first, realm);
            int next = first + 1;
            next = put(statement, next, "uuid", Added::key);
            next = put(statement, next, "bigint", Added::position);
            next = put(statement, next, "uuid", it -> it.permit().decision());
            next = put(statement, next, "text", it -> it.permit().agent());
            next = put(statement, next, "text", it -> it.permit().actionType());
            next = put(statement, next, "timestamptz", it -> it.permit().at().atOffset(ZoneOffset.UTC));
            next = put(statement, next, "numeric", Added::amount);
            next = put(statement, next, "text", Added::currency);
            next = put(statement, next, "uuid", it -> it.permit().trace());
            return put(statement, next, "bigint", Added::ends);
        }

        private int put(
                PreparedStatement statement, int parameter, String type, Function<Added, @Nullable Object> column)
                throws SQLException {
            statement.setArray(parameter, array(statement, type, added, column));
            return parameter + 1;
        }
    }
}
