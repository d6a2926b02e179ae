package io.leeway.decision;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.StoredEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads decisions as the ledger holds them, many of them a page at a time. Takes no lock and blocks on the database. */
@ApplicationScoped
public class DecisionEntries {
    /** Positions that one query counts in: a fraction of a second's work. */
    private static final long COUNTED = 200_000;

    /** Decisions that one query reads: with the largest bodies that are taken, 64 MiB. */
    private static final int PAGE = 256;

    private final Ledger ledger;
    private final DecisionSummaries summaries;

    DecisionEntries(Ledger ledger, DecisionSummaries summaries) {
        this.ledger = ledger;
        this.summaries = summaries;
    }

    /** The decision with that id. */
    public Optional<DecisionEntry> find(UUID id) throws SQLException {
        long position = PositionedId.positionOf(id);
        return position < 0
                ? Optional.empty()
                : ledger.entry(position)
                        .filter(entry -> entry.kind().equals(DecisionRecord.KIND.name()))
                        .map(DecisionEntry::of)
                        .filter(found -> found.id().equals(id));
    }

    /** Decisions from position {@code from} (inclusive) to {@code to} (exclusive), oldest first: one query. */
    public List<DecisionEntry> between(long from, long to) throws SQLException {
        return ledger.entries(DecisionRecord.KIND, from, to).stream()
                .map(DecisionEntry::of)
                .toList();
    }

    /**
     * Decisions that were not enforced, newest first: a page of them in memory at a time.
     *
     * @param from first moment, inclusive; null for any
     * @param to last moment, exclusive; null for any
     */
    public void observed(@Nullable Instant from, @Nullable Instant to, Consumer<DecisionEntry> taker)
            throws SQLException {
        summaries.follow();
        List<Long> page = summaries.observed(from, to, Long.MAX_VALUE, PAGE);
        while (!page.isEmpty()) {
            List<StoredEntry> entries = ledger.entries(page);
            for (int i = entries.size() - 1; i >= 0; i--) {
                taker.accept(DecisionEntry.of(entries.get(i)));
            }
            page = summaries.observed(from, to, page.get(page.size() - 1), PAGE);
        }
    }

    /** How many {@link #between} would give. */
    public long count(long from, long to) throws SQLException {
        summaries.follow();
        long count = 0;
        for (long start = from; start < to; start += COUNTED) {
            long first = start;
            long end = Math.min(to, start + COUNTED);
            count += ledger.query(connection -> counted(connection, first, end));
        }
        return count;
    }

    private long counted(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from decision_summary where realm = ? and position >= ? and position < ?")) {
            select.setString(1, ledger.realm());
            select.setLong(2, from);
            select.setLong(3, to);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Position of the first entry at or after that time; {@link #end} when there is none. */
    public long positionAt(Instant time) throws SQLException {
        return ledger.positionAt(time);
    }

    /** Position that the next entry will get. */
    public long end() throws SQLException {
        return ledger.head().size();
    }
}
