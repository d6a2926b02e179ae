package io.leeway.activity;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.SentAlong;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What events add to the kept sums, gathered. Rows are written in the order of their keys, by whoever writes them, so that no
 * two writers wait for each other. Not thread-safe.
 */
final class ActivityChanges {
    private static final String SUM = """
            insert into activity_sum (realm, key, bucket, times, amount, ends)
            select ?, c.* from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::numeric[], ?::bigint[]) c
            on conflict (realm, key, bucket) do update
            set times = activity_sum.times + excluded.times, amount = activity_sum.amount + excluded.amount
            """;
    private static final String OPEN = """
            insert into activity_open (realm, key, expires, dated, amount)
            select ?, c.* from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::numeric[]) c
            on conflict (realm, key, expires, dated) do update set amount = activity_open.amount + excluded.amount
            """;
    private static final String LAST = """
            insert into activity_last (realm, key, member, bucket, decision_id, agent, action_type, at, ends)
            select ?, c.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[],
                                      ?::bigint[]) c
            on conflict (realm, key, member) do update
            set bucket = excluded.bucket, decision_id = excluded.decision_id, agent = excluded.agent,
                action_type = excluded.action_type, at = excluded.at, ends = excluded.ends
            where excluded.at >= activity_last.at
            """;

    private final String realm;
    private final Map<SumKey, Sum> sums = new TreeMap<>();
    private final Map<OpenKey, BigDecimal> open = new TreeMap<>();
    private final Map<LastKey, Last> last = new TreeMap<>();

    ActivityChanges(String realm) {
        this.realm = realm;
    }

    private record SumKey(UUID key, long bucket) implements Comparable<SumKey> {
        @Override
        public int compareTo(SumKey other) {
            int order = key.compareTo(other.key);
            return order == 0 ? Long.compare(bucket, other.bucket) : order;
        }
    }

    private record Sum(long times, BigDecimal amount, long ends) {}

    /** Both in seconds since 1970. */
    private record OpenKey(UUID key, long expires, long dated) implements Comparable<OpenKey> {
        @Override
        public int compareTo(OpenKey other) {
            int order = key.compareTo(other.key);
            if (order == 0) {
                order = Long.compare(expires, other.expires);
            }
            return order == 0 ? Long.compare(dated, other.dated) : order;
        }
    }

    private record LastKey(UUID key, UUID member) implements Comparable<LastKey> {
        @Override
        public int compareTo(LastKey other) {
            int order = key.compareTo(other.key);
            return order == 0 ? member.compareTo(other.member) : order;
        }
    }

    private record Last(long bucket, UUID decision, String agent, String actionType, Instant at, long ends) {}

    /** What a decision adds to a series. */
    void add(Series series, UUID key, Instant at, ActivityEvent event, UUID decision, Allowed allowed) {
        Money money = event.money();
        Instant expires = allowed.expires();
        switch (series.measure()) {
            case COUNT -> add(series, key, at, 1, BigDecimal.ZERO);
            case EXPOSURE -> {
                if (money != null && expires != null) {
                    open.merge(
                            new OpenKey(key, lastSecond(expires), at.getEpochSecond()), money.value(), BigDecimal::add);
                } else if (money != null && allowed.isAnything()) {
                    spend(series, key, at, money);
                }
            }
            case PRIOR, RETURNS -> throw new IllegalArgumentException("permits one by one are no sums");
            case AGENTS, RECENTLY -> {
                if (allowed.isAnything() && series.counts(event)) {
                    permit(series, key, event, decision, at);
                }
            }
        }
    }

    /** Money that a permit moved, which was open before. */
    void use(Series series, UUID key, Instant at, Instant expires, Money money) {
        open.merge(
                new OpenKey(key, lastSecond(expires), at.getEpochSecond()),
                money.value().negate(),
                BigDecimal::add);
        spend(series, key, at, money);
    }

    private void spend(Series series, UUID key, Instant at, Money money) {
        add(series, key, at, 0, money.value());
    }

    private void permit(Series series, UUID key, ActivityEvent event, UUID decision, Instant at) {
        last.put(
                new LastKey(key, series.member(event)),
                new Last(series.buckets().of(at), decision, event.agent(), event.actionType(), at, series.ends(at)));
    }

    private void add(Series series, UUID key, Instant at, long times, BigDecimal amount) {
        sums.merge(
                new SumKey(key, series.buckets().of(at)),
                new Sum(times, amount, series.ends(at)),
                (one, other) -> new Sum(
                        one.times() + other.times(),
                        one.amount().add(other.amount()),
                        Math.max(one.ends(), other.ends())));
    }

    /** The second in which it is over: money is given back with whole seconds, and never too early. */
    static long lastSecond(Instant expires) {
        return expires.getEpochSecond() + (expires.getNano() > 0 ? 1 : 0);
    }

    /** Has them written with the transaction's entries. */
    void sendWith(LedgerTransaction tx) {
        statements().forEach(tx::sendAlong);
    }

    /** Writes them at once. */
    void write(Connection connection) throws SQLException {
        for (SentAlong change : statements().toList()) {
            try (PreparedStatement statement = connection.prepareStatement(change.sql())) {
                change.bind(statement, 1);
                statement.execute();
            }
        }
    }

    private Stream<SentAlong> statements() {
        return Stream.of(
                        sums.isEmpty() ? null : new Statement(SUM, this::bindSums),
                        open.isEmpty() ? null : new Statement(OPEN, this::bindOpen),
                        last.isEmpty() ? null : new Statement(LAST, this::bindLast))
                .flatMap(Stream::ofNullable);
    }

    private int bindSums(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, realm);
        statement.setArray(first + 1, array(statement, "uuid", sums.keySet(), SumKey::key));
        statement.setArray(first + 2, array(statement, "bigint", sums.keySet(), SumKey::bucket));
        statement.setArray(first + 3, array(statement, "bigint", sums.values(), Sum::times));
        statement.setArray(first + 4, array(statement, "numeric", sums.values(), Sum::amount));
        statement.setArray(first + 5, array(statement, "bigint", sums.values(), Sum::ends));
        return first + 6;
    }

    private int bindOpen(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, realm);
        statement.setArray(first + 1, array(statement, "uuid", open.keySet(), OpenKey::key));
        statement.setArray(first + 2, array(statement, "bigint", open.keySet(), OpenKey::expires));
        statement.setArray(first + 3, array(statement, "bigint", open.keySet(), OpenKey::dated));
        statement.setArray(first + 4, array(statement, "numeric", open.values(), amount -> amount));
        return first + 5;
    }

    private int bindLast(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, realm);
        statement.setArray(first + 1, array(statement, "uuid", last.keySet(), LastKey::key));
        statement.setArray(first + 2, array(statement, "uuid", last.keySet(), LastKey::member));
        statement.setArray(first + 3, array(statement, "bigint", last.values(), Last::bucket));
        statement.setArray(first + 4, array(statement, "uuid", last.values(), Last::decision));
        statement.setArray(first + 5, array(statement, "text", last.values(), Last::agent));
        statement.setArray(first + 6, array(statement, "text", last.values(), Last::actionType));
        statement.setArray(first + 7, array(statement, "timestamptz", last.values(), one -> time(one.at())));
        statement.setArray(first + 8, array(statement, "bigint", last.values(), Last::ends));
        return first + 9;
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static <T> java.sql.Array array(PreparedStatement statement, String type, Collection<T> rows, Function<T, ?> column)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(column).toArray());
    }

    private interface Binding {
        int bind(PreparedStatement statement, int first) throws SQLException;
    }

    private record Statement(String sql, Binding binding) implements SentAlong {
        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            return binding.bind(statement, first);
        }
    }
}
