package io.leeway.activity;

import io.leeway.activity.KeptSeries.Kept;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.model.ActivityQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adds to new series what the ledger had before they were kept: beside the lane, portion by portion, and over again from where
 * it stopped. Adding commutes, so it does not matter that the lane adds to the same sums meanwhile.
 */
@ApplicationScoped
public class SeriesFilling {
    private static final Logger LOG = Logger.getLogger(SeriesFilling.class);

    /** So many entries are added while the head row is held; more, beside. */
    private static final long AT_ONCE = 500;

    /** What was over this long ago is over by any clock. */
    private static final long OVER_SECONDS = 10;

    private static final String DECISIONS = """
            select e.header, c.consumed from ledger_entry e
            left join permit_consumption c on c.realm = e.realm and c.position = e.position and c.consumed < ?
            where e.realm = ? and e.position >= ? and e.position < ? and e.kind = 'decision' order by e.position
            """;

    private final Ledger ledger;
    private final KeptSeries kept;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread filler = new Thread(task, "activity-filling");
        filler.setDaemon(true);
        return filler;
    });
    private volatile @Nullable CompletableFuture<Void> underWay;

    SeriesFilling(Ledger ledger, KeptSeries kept) {
        this.ledger = ledger;
        this.kept = kept;
    }

    /** How far it is, in entries. */
    public record Progress(long done, long all) {}

    /**
     * Sees to it that these can be answered, as far as that can be done while the head row is held: begins to keep what is
     * not kept, fills what is small, and takes over what has been filled beside.
     *
     * @return whether all of them can be answered now
     */
    public boolean prepare(LedgerTransaction tx, Collection<ActivityQuery> queries) throws SQLException {
        if (kept.answer(queries)) {
            return true;
        }
        OptionalLong begun = kept.keep(tx, queries);
        if (begun.isPresent()) {
            kept.catchUp(tx);
            begin(tx, begun.getAsLong());
        }
        for (long since : unfilled().toArray()) {
            if (position(tx.connection(), since) >= KeptSeries.position(since)) {
                kept.fill(tx, since);
            }
        }
        kept.catchUp(tx);
        return kept.answer(queries);
    }

    /** Whether all of these can be answered, as far as this process has seen the ledger. */
    public boolean isDone(Collection<ActivityQuery> queries) {
        return kept.answer(queries);
    }

    /** Sees to it that another thread adds what is missing, and waits for it, no longer than so long. */
    public void await(Duration patience) throws InterruptedException {
        if (unfilled().findAny().isEmpty()) {
            return;
        }
        CompletableFuture<Void> present = underWay;
        if (present == null || present.isDone()) {
            present = CompletableFuture.runAsync(this::fillOrLog, thread);
            underWay = present;
        }
        try {
            present.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.trace("recent activity is still being gathered", e);
        }
    }

    private void fillOrLog() {
        try {
            fill();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf(e, "recent activity could not be gathered this time");
        }
    }

    /** Adds what is missing, beside the lane. Blocks, for long where the ledger is long. */
    public void fill() throws SQLException {
        for (long since : unfilled().toArray()) {
            List<Kept> series = of(since);
            ledger.cursor(cursor(since))
                    .follow((connection, from, to) ->
                            add(connection, series, from, Math.min(to, KeptSeries.position(since))));
        }
    }

    /** How far the slowest of these is; null when all can be answered, or are not kept. */
    public @Nullable Progress progress(Collection<ActivityQuery> queries) throws SQLException {
        Kept last = queries.stream()
                .map(query -> kept.of(Series.of(query)))
                .filter(one -> one != null && !one.filled())
                .max(Comparator.comparing(Kept::position).thenComparing(Kept::since))
                .orElse(null);
        return last == null
                ? null
                : new Progress(ledger.query(connection -> position(connection, last.since())), last.position());
    }

    private LongStream unfilled() {
        return kept.all().stream()
                .filter(one -> !one.filled())
                .mapToLong(Kept::since)
                .distinct()
                .sorted();
    }

    private List<Kept> of(long since) {
        return kept.all().stream().filter(one -> one.since() == since).toList();
    }

    private static String cursor(long since) {
        return "activity " + since;
    }

    private void begin(LedgerTransaction tx, long since) throws SQLException {
        boolean little = tx.position() <= AT_ONCE;
        if (little) {
            add(tx.connection(), of(since), 0, tx.position());
        }
        try (PreparedStatement insert =
                tx.connection().prepareStatement("insert into ledger_cursor values (?, ?, ?) on conflict do nothing")) {
            Sql.bind(insert, tx.realm(), cursor(since), little ? tx.position() : 0L);
            insert.executeUpdate();
        }
    }

    private long position(Connection connection, long since) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select position from ledger_cursor where realm = ? and name = ?")) {
            Sql.bind(select, ledger.realm(), cursor(since));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** What was used at or after {@code to} is added by those who record the use. */
    private void add(Connection connection, List<Kept> series, long from, long to) throws SQLException {
        if (series.isEmpty() || from >= to) {
            return;
        }
        SeriesPortion portion =
                new SeriesPortion(ledger.realm(), series, ledger.moment().now().getEpochSecond() - OVER_SECONDS);
        long since = series.get(0).position();
        try (PreparedStatement select = Sql.query(connection, DECISIONS, since, ledger.realm(), from, to);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                portion.add(JsonReader.object(row.getBytes(1)), row.getObject(2) != null);
            }
        }
        portion.write(connection);
    }
}
