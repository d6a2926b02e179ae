package io.leeway.decision;

import io.leeway.ledger.Cursor;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Reads;
import io.leeway.ledger.StoredEntry;
import io.leeway.ledger.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds decisions: by position in the ledger itself, by anything else in a projection that follows the ledger by cursor. What
 * else happened to subjects comes into a projection beside it by the same cursor.
 */
@ApplicationScoped
class DecisionSummaries {
    private static final String ADD = """
            insert into decision_summary (realm, position, decided_at, terms)
            select realm, position, recorded_at, terms
            from ledger_entry where realm = ? and position >= ? and position < ? and kind = 'decision'
            """;

    /**
     * What happened to a subject beside decisions, by {@link SearchTerm#tag}: about a
     * decision by the tag of type and id, a stop and what becomes of it by that of what it names.
     */
    private static final String ADD_EVENTS = """
            insert into subject_event (realm, term, position)
            select realm, ('x' || left(tag, 16))::bit(64)::bigint, position
            from (select realm, position,
                         case when kind = 'stop' or kind like 'stop.%' then tags ->> 'subjectId' else tags ->> 'subject' end as tag
                  from ledger_entry, lateral (select convert_from(header, 'UTF8')::json -> 'tags' as tags) header_v1
                  where realm = ? and position >= ? and position < ? and kind <> 'decision') tagged
            where tag is not null
            """;

    private final Ledger ledger;
    private final Cursor cursor;
    private final DecisionSummaryRows rows;

    DecisionSummaries(Ledger ledger, DecisionSummaryRows rows) {
        this.ledger = ledger;
        this.cursor = ledger.cursor("decision_summary");
        this.rows = rows;
    }

    Optional<RecordedDecision> find(long position) {
        try {
            return position < 0
                    ? Optional.empty()
                    : ledger.entry(position)
                            .filter(entry -> entry.kind().equals(DecisionRecord.KIND.name()))
                            .map(this::read);
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    /** Brings the projection up to the head, then asks it: what was acknowledged before the call is found. */
    List<RecordedDecision> search(DecisionQuery query) {
        List<RecordedDecision> found = new ArrayList<>();
        for (long position : positions(query)) {
            find(position).ifPresent(found::add);
        }
        return found;
    }

    /** The same, only where they stand. */
    List<Long> positions(DecisionQuery query) {
        follow();
        return QuarkusTransaction.requiringNew()
                .call(() -> rows.positions(
                        ledger.realm(),
                        query,
                        allOf(query),
                        subjectTerms(query.subject()),
                        agentTerms(query.agents())));
    }

    /**
     * Positions of decisions that were not enforced, newest first.
     *
     * @param from first moment, inclusive; null for any
     * @param to last moment, exclusive; null for any
     * @param before only positions below this one
     */
    List<Long> observed(@Nullable Instant from, @Nullable Instant to, long before, int limit) {
        long[] any = new long[0];
        DecisionQuery query =
                new DecisionQuery(null, null, null, null, null, null, false, from, to, Set.of(), before, limit);
        return QuarkusTransaction.requiringNew()
                .call(() -> rows.positions(ledger.realm(), query, allOf(query), any, any));
    }

    /** Takes in what the ledger has and the projection has not. */
    void follow() {
        try {
            cursor.follow(this::add);
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    private void add(Connection connection, long from, long to) throws SQLException {
        for (String add : List.of(ADD, ADD_EVENTS)) {
            try (PreparedStatement insert = connection.prepareStatement(add)) {
                insert.setString(1, ledger.realm());
                insert.setLong(2, from);
                insert.setLong(3, to);
                insert.executeUpdate();
            }
        }
    }

    private RecordedDecision read(StoredEntry entry) {
        try {
            return DecisionRecord.read(
                    entry,
                    ledger.query(
                            connection -> PermitConsumption.isConsumed(connection, ledger.realm(), entry.position())),
                    ledger.moment().now());
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    /** Terms that must all be there. */
    private long[] allOf(DecisionQuery query) {
        return Stream.of(
                        term(query.agent(), SearchTerm::agent),
                        term(query.actionType(), SearchTerm::actionType),
                        term(query.mode(), SearchTerm::mode),
                        term(query.rule(), SearchTerm::rule),
                        term(query.trace(), trace -> tag(Tags.TRACE, trace)),
                        Boolean.FALSE.equals(query.enforced())
                                ? Optional.of(SearchTerm.OBSERVED)
                                : Optional.<Long>empty())
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static <T> Optional<Long> term(@Nullable T asked, Function<T, Long> term) {
        return Optional.ofNullable(asked).map(term);
    }

    /** Terms of which one must be there: a subject may be written {@code type/id}, {@code type:id} or as the bare id. */
    private long[] subjectTerms(@Nullable String subject) {
        return subject == null
                ? new long[0]
                : new long[] {
                    tag(Tags.SUBJECT, subject),
                    tag(Tags.SUBJECT, subject.replaceFirst(":", "/")),
                    tag(Tags.SUBJECT_ID, subject)
                };
    }

    /** Terms of which one must be there. */
    private static long[] agentTerms(Set<String> agents) {
        return agents.stream().mapToLong(SearchTerm::agent).toArray();
    }

    private long tag(String kind, String value) {
        return SearchTerm.tag(ledger.tag(kind, value));
    }
}
