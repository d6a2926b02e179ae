package io.leeway.decision;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.Tags;
import io.leeway.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs together, oldest first: the decisions of a trace, and what happened to a subject. Found in the projections,
 * read from the ledger. What was acknowledged before the call is found; blocks on the database.
 */
@ApplicationScoped
public class RelatedDecisions {
    /** Entries that are held in memory at a time: each may have facts of 256 KiB. */
    private static final int PORTION = 200;

    /** First what the index of terms gives, then its order: a plan that walks the positions would read the whole table. */
    private static final String DECISIONS = """
            with found as materialized (
              select position from decision_summary
              where realm = ? and terms @> ?::bigint[] and (? or terms && ?::bigint[]))
            """;

    private final Ledger ledger;
    private final DecisionSummaries summaries;

    RelatedDecisions(Ledger ledger, DecisionSummaries summaries) {
        this.ledger = ledger;
        this.summaries = summaries;
    }

    /** What is made of one decision. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * @param consumedAt when its permit was used; null when it was not
         * @param now to tell what is over
         */
        T of(DecisionEntry decision, @Nullable Instant consumedAt, Instant now);
    }

    /**
     * Where the decisions of a trace stand.
     *
     * @param agents only these agents'; empty for any
     * @param after only those after this position; -1 for the first page
     * @param limit most that are returned
     */
    public List<Long> ofTrace(String trace, Set<String> agents, long after, int limit) throws SQLException {
        return decisions(Tags.TRACE, trace, agents, after, limit);
    }

    /** How many decisions the trace has. */
    public long countOfTrace(String trace, Set<String> agents) throws SQLException {
        summaries.follow();
        return ledger.query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(DECISIONS + "select count(*) from found")) {
                bind(connection, select, Tags.TRACE, trace, agents);
                return numbers(select).get(0);
            }
        });
    }

    /** Where the decisions about a subject stand; the parameters are those of {@link #ofTrace}. */
    public List<Long> ofSubject(Subject subject, Set<String> agents, long after, int limit) throws SQLException {
        return decisions(Tags.SUBJECT, named(subject, "/"), agents, after, limit);
    }

    /**
     * Where everything else stands that happened to a subject: permits that were used, stops that name it and what became of
     * them.
     */
    public List<Long> eventsOf(Subject subject, long after, int limit) throws SQLException {
        summaries.follow();
        Long[] terms = Stream.of(
                        tag(Tags.SUBJECT, named(subject, "/")),
                        // As a stop may name it: see StopScope.
                        tag(Tags.SUBJECT_ID, named(subject, "/")),
                        tag(Tags.SUBJECT_ID, named(subject, ":")),
                        tag(Tags.SUBJECT_ID, subject.id()))
                .toArray(Long[]::new);
        return ledger.query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select distinct position from subject_event where realm = ? and term = any(?) and position > ?"
                            + " order by position limit ?")) {
                select.setString(1, ledger.realm());
                select.setArray(2, connection.createArrayOf("bigint", terms));
                select.setLong(3, after);
                select.setInt(4, limit);
                return numbers(select);
            }
        });
    }

    /** What is made of the decisions at these positions, in order; other entries are passed over. */
    public <T> List<T> read(List<Long> positions, Reading<T> reading) throws SQLException {
        if (positions.isEmpty()) {
            return List.of();
        }
        Instant now = ledger.moment().now();
        Map<Long, Instant> consumed =
                ledger.query(connection -> PermitConsumption.consumedAt(connection, ledger.realm(), positions));
        List<T> read = new ArrayList<>(positions.size());
        for (int from = 0; from < positions.size(); from += PORTION) {
            List<Long> portion = positions.subList(from, Math.min(positions.size(), from + PORTION));
            ledger.entries(portion).stream()
                    .filter(entry -> entry.kind().equals(DecisionRecord.KIND.name()))
                    .map(DecisionEntry::of)
                    .forEach(decision -> read.add(reading.of(decision, consumed.get(decision.position()), now)));
        }
        return read;
    }

    private List<Long> decisions(String kind, String value, Set<String> agents, long after, int limit)
            throws SQLException {
        summaries.follow();
        return ledger.query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    DECISIONS + "select position from found where position > ? order by position limit ?")) {
                bind(connection, select, kind, value, agents);
                select.setLong(5, after);
                select.setInt(6, limit);
                return numbers(select);
            }
        });
    }

    private void bind(Connection connection, PreparedStatement select, String kind, String value, Set<String> agents)
            throws SQLException {
        select.setString(1, ledger.realm());
        select.setArray(2, connection.createArrayOf("bigint", new Long[] {tag(kind, value)}));
        select.setBoolean(3, agents.isEmpty());
        select.setArray(
                4,
                connection.createArrayOf(
                        "bigint", agents.stream().map(SearchTerm::agent).toArray(Long[]::new)));
    }

    private static List<Long> numbers(PreparedStatement select) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    private static String named(Subject subject, String separator) {
        return subject.type() + separator + subject.id();
    }

    private long tag(String kind, String value) {
        return SearchTerm.tag(ledger.tag(kind, value));
    }
}
