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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds decisions: by position in the ledger itself, by anything else in a projection that follows the ledger by cursor. */
@ApplicationScoped
class DecisionSummaries {
    /** Reads each header once: as a record, where operators would parse it for each member. */
    private static final String ADD = """
            insert into decision_summary
            select realm, position, recorded_at, agent, "actionType", mode, rules,
                   ('x' || left(tags ->> 'subject', 16))::bit(64)::bigint,
                   ('x' || left(tags ->> 'subjectId', 16))::bit(64)::bigint,
                   ('x' || left(tags ->> 'trace', 16))::bit(64)::bigint
            from ledger_entry,
                 json_to_record(convert_from(header, 'UTF8')::json)
                   header_v1 (agent text, "actionType" text, mode text, rules varchar[], tags json)
            where realm = ? and position >= ? and position < ? and kind = 'decision'
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
        follow();
        List<Long> positions = QuarkusTransaction.requiringNew()
                .call(() ->
                        rows.positions(ledger.realm(), query, subjectTags(query.subject()), traceTag(query.trace())));
        List<RecordedDecision> found = new ArrayList<>();
        for (long position : positions) {
            find(position).ifPresent(found::add);
        }
        return found;
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
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, ledger.realm());
            insert.setLong(2, from);
            insert.setLong(3, to);
            insert.executeUpdate();
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

    /** A subject may be written {@code type/id}, {@code type:id} or as the bare id. */
    private @Nullable List<Long> subjectTags(@Nullable String subject) {
        return subject == null
                ? null
                : List.of(
                        tag(Tags.SUBJECT, subject),
                        tag(Tags.SUBJECT, subject.replaceFirst(":", "/")),
                        tag(Tags.SUBJECT_ID, subject));
    }

    private @Nullable Long traceTag(@Nullable String trace) {
        return trace == null ? null : tag(Tags.TRACE, trace);
    }

    private Long tag(String kind, String value) {
        return Objects.requireNonNull(stored(ledger.tag(kind, value)));
    }

    /** A tag as the projection keeps it: the first 64 bits. */
    static @Nullable Long stored(@Nullable String tag) {
        return tag == null ? null : HexFormat.fromHexDigitsToLong(tag, 0, 16);
    }
}
