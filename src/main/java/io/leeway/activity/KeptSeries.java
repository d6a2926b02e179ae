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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which series are kept at the head of the ledger: the same on every replica. */
@ApplicationScoped
public class KeptSeries implements Replica {
    private final EpochState<Map<Series, Kept>> state = new EpochState<>(Map.of(), (tx, before, since) -> load(tx));

    /**
     * A series that is kept.
     *
     * @param since position from which on it is written with the entries
     * @param filled whether everything before that is in it as well
     * @param journaled whether journals tell of it, as far as they have room
     */
    record Kept(Series series, long since, boolean filled, boolean journaled) {
        /** Where it is told of; null when only the sums do. */
        @Nullable
        Keeping keeping() {
            Scope scope = journaled ? series.journal() : null;
            return scope == null ? null : new Keeping(scope, since);
        }
    }

    /** The journals of all subjects or all traces that were begun at one position. */
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
     * @return whether anything was not kept before
     */
    public boolean keep(LedgerTransaction tx, Collection<ActivityQuery> queries) throws SQLException {
        Set<Series> missing = queries.stream().map(Series::of).collect(Collectors.toCollection(HashSet::new));
        missing.removeAll(state.get().keySet());
        if (missing.isEmpty()) {
            return false;
        }
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
                    tx.position(),
                    tx.position() == 0,
                    series.journal() != null);
        }
        tx.moveControlEpoch();
        return true;
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
