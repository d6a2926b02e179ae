package io.leeway.activity;

import io.leeway.ledger.EpochState;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.ledger.Sql;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.Buckets;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which series are kept at the head of the ledger: the same on every replica. */
@ApplicationScoped
public class KeptSeries implements Replica {
    private final EpochState<Map<Series, Kept>> state = new EpochState<>(Map.of(), (tx, before, since) -> load(tx));

    /** Positions are below that. */
    private static final long ROUND = 1L << 40;

    /**
     * A series that is kept.
     *
     * @param since what tells this keeping of it from earlier ones: the position where it began, and, in the bits above, how many
     *     others began there before
     * @param filled whether everything before that position is in it as well
     * @param journaled whether journals tell of it, as far as they have room
     */
    record Kept(Series series, long since, boolean filled, boolean journaled) {
        /** From which on it is written with the entries. */
        long position() {
            return KeptSeries.position(since);
        }

        /** Where it is told of; null when only the sums do. */
        @Nullable
        Keeping keeping() {
            Scope scope = journaled ? series.journal() : null;
            return scope == null ? null : new Keeping(scope, since);
        }
    }

    /** The journals of all subjects or all traces that were begun at once. */
    record Keeping(Scope scope, long since) {
        /** What the journal of an event stands under; null when it has none. */
        @Nullable
        UUID key(ActivityEvent event) {
            String value = event.scope(scope);
            return value == null
                    ? null
                    : Series.hash(String.join("\u0000", "", scope.name(), Long.toString(since), value));
        }
    }

    /** Where a keeping began. */
    static long position(long since) {
        return since % ROUND;
    }

    /** Whether all of these can be answered. Only inside the lane, after {@link #catchUp}. */
    public boolean answer(Collection<ActivityQuery> queries) {
        return queries.stream().allMatch(query -> {
            Kept kept = of(Series.of(query));
            return kept != null && kept.filled();
        });
    }

    /** The series as it is kept; null when it is not. */
    @Nullable
    Kept of(Series series) {
        return state.get().get(series);
    }

    /** Everything that is kept. */
    Collection<Kept> all() {
        return state.get().values();
    }

    /** The journals that are kept, and when none of their windows reaches an event of that time any more. */
    Map<Keeping, Long> journals(Instant time) {
        return journals(all(), time);
    }

    static Map<Keeping, Long> journals(Collection<Kept> kept, Instant time) {
        Map<Keeping, Long> journals = new HashMap<>();
        for (Kept one : kept) {
            Keeping keeping = one.keeping();
            if (keeping != null) {
                journals.merge(keeping, one.series().ends(time), Math::max);
            }
        }
        return journals;
    }

    /**
     * Begins to keep what these ask for, from the transaction's position on.
     *
     * @return what tells the new keeping from others; empty when all of it is kept already
     */
    OptionalLong keep(LedgerTransaction tx, Collection<ActivityQuery> queries) throws SQLException {
        Set<Series> missing = queries.stream().map(Series::of).collect(Collectors.toCollection(HashSet::new));
        missing.removeAll(state.get().keySet());
        if (missing.isEmpty()) {
            return OptionalLong.empty();
        }
        long since = newSince(tx.position());
        for (Series series : missing) {
            ZoneId zone = series.buckets().zone();
            Sql.updateOne(
                    tx.connection(),
                    "insert into activity_series values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tx.realm(),
                    series.measure().name(),
                    series.scope().name(),
                    series.actionType(),
                    series.buckets().seconds(),
                    zone == null ? "" : zone.getId(),
                    since,
                    tx.position() == 0,
                    series.journal() != null);
        }
        tx.moveControlEpoch();
        return OptionalLong.of(since);
    }

    /** Without an entry in between, several may begin at one position, each with a history of its own to be filled with. */
    private long newSince(long position) {
        return state.get().values().stream()
                .mapToLong(Kept::since)
                .filter(since -> position(since) == position)
                .map(since -> since + ROUND)
                .max()
                .orElse(position);
    }

    /**
     * Whether anything is kept that these do not ask for, and that {@link #retain} would cease to keep.
     *
     * @param position where the ledger ends
     */
    public boolean hasMoreThan(Collection<ActivityQuery> queries, long position) {
        return !unasked(queries, position).isEmpty();
    }

    /**
     * Ceases to keep what these do not ask for. What is still being filled stays until it is: somebody waits for it. So does what
     * began at this very position, lest a later keeping began there too. The sums are left to {@link ActivityRetention}: nothing
     * reads them, as whatever is kept later stands under keys of its own.
     *
     * @return how many series that were
     */
    public int retain(LedgerTransaction tx, Collection<ActivityQuery> queries) throws SQLException {
        List<Series> unasked = unasked(queries, tx.position());
        for (Series series : unasked) {
            ZoneId zone = series.buckets().zone();
            Sql.updateOne(
                    tx.connection(),
                    "delete from activity_series where realm = ? and measure = ? and scope = ? and action_type = ?"
                            + " and seconds = ? and zone = ?",
                    tx.realm(),
                    series.measure().name(),
                    series.scope().name(),
                    series.actionType(),
                    series.buckets().seconds(),
                    zone == null ? "" : zone.getId());
        }
        if (!unasked.isEmpty()) {
            tx.moveControlEpoch();
        }
        return unasked.size();
    }

    private List<Series> unasked(Collection<ActivityQuery> queries, long position) {
        Set<Series> asked = queries.stream().map(Series::of).collect(Collectors.toSet());
        return state.get().values().stream()
                .filter(kept -> kept.filled() && kept.position() < position && !asked.contains(kept.series()))
                .map(Kept::series)
                .toList();
    }

    /** Says that everything before that position is in the series that began there. */
    void fill(LedgerTransaction tx, long since) throws SQLException {
        try (PreparedStatement update = tx.connection()
                .prepareStatement("update activity_series set filled = true where realm = ? and since = ?")) {
            Sql.bind(update, tx.realm(), since);
            update.executeUpdate();
        }
        tx.moveControlEpoch();
    }

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        state.catchUp(tx);
    }

    @Override
    public void forget() {
        state.forget();
    }

    private static Map<Series, Kept> load(LedgerTransaction tx) throws SQLException {
        Map<Series, Kept> kept = new HashMap<>();
        try (PreparedStatement select =
                        Sql.query(tx.connection(), "select * from activity_series where realm = ?", tx.realm());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String zone = row.getString("zone");
                Series series = new Series(
                        Measure.valueOf(row.getString("measure")),
                        Scope.valueOf(row.getString("scope")),
                        row.getString("action_type"),
                        new Buckets(row.getInt("seconds"), zone.isEmpty() ? null : ZoneId.of(zone)));
                kept.put(
                        series,
                        new Kept(series, row.getLong("since"), row.getBoolean("filled"), row.getBoolean("journaled")));
            }
        }
        return Map.copyOf(kept);
    }
}
