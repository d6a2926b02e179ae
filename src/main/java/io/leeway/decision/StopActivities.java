package io.leeway.decision;

import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Sql;
import io.leeway.model.Mode;
import io.leeway.model.Permit;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Folds the ledger's headers into what each agent had and did in the scope of a stop. */
@ApplicationScoped
public class StopActivities {
    /** Decisions that are looked at, of either sort: a moment's work. */
    private static final int LOOKED_AT = 20_000;

    private static final String HEADERS = """
            select e.header, c.consumed from ledger_entry e
            left join permit_consumption c on c.realm = e.realm and c.position = e.position
            where e.realm = ? and e.position = any(?)
            """;

    private final Ledger ledger;
    private final DecisionSummaries summaries;

    StopActivities(Ledger ledger, DecisionSummaries summaries) {
        this.ledger = ledger;
        this.summaries = summaries;
    }

    /**
     * Reads it. Blocks on the database.
     *
     * @param until end of the stop, exclusive; null while it holds
     */
    public StopActivity of(Stop stop, @Nullable Instant until) throws SQLException {
        List<Long> permits = summaries.positions(permits(stop));
        List<Long> attempts = summaries.positions(attempts(stop, until));
        Map<String, AgentActivity> byAgent = new TreeMap<>();
        read(permits, (header, consumed) -> takePermit(stop, header, consumed, byAgent));
        read(attempts, (header, consumed) -> takeAttempt(stop, header, byAgent));
        boolean complete = permits.size() < LOOKED_AT && attempts.size() < LOOKED_AT;
        return new StopActivity(byAgent, complete);
    }

    private static void takePermit(
            Stop stop, JsonObject header, @Nullable Long consumed, Map<String, AgentActivity> byAgent) {
        Permit permit = DecisionRecord.permit(header);
        boolean unused = consumed == null || consumed > stop.position();
        if (permit != null
                && permit.expiresAt().isAfter(stop.placedAt())
                && unused
                && stop.scope().coversType(header.text("actionType"))) {
            byAgent.compute(
                    header.text("agent"), (agent, known) -> known(agent, known).withPermit(permit.expiresAt()));
        }
    }

    private static void takeAttempt(Stop stop, JsonObject header, Map<String, AgentActivity> byAgent) {
        if (header.integer("position") > stop.position() && stop.scope().coversType(header.text("actionType"))) {
            byAgent.compute(
                    header.text("agent"), (agent, known) -> known(agent, known).withAttempt(header.time("time")));
        }
    }

    private static AgentActivity known(String agent, @Nullable AgentActivity known) {
        return known == null ? AgentActivity.none(agent) : known;
    }

    private interface Taking {
        void take(JsonObject header, @Nullable Long consumed);
    }

    private void read(List<Long> positions, Taking taking) throws SQLException {
        ledger.query(connection -> {
            Object wanted = connection.createArrayOf("bigint", positions.toArray());
            try (PreparedStatement select = Sql.query(connection, HEADERS, ledger.realm(), wanted);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taking.take(JsonReader.object(row.getBytes(1)), row.getObject(2, Long.class));
                }
                return positions.size();
            }
        });
    }

    /** No permit lives longer, so that one which lived then is no older. */
    private static DecisionQuery permits(Stop stop) {
        return query(stop, Mode.AUTONOMOUS, stop.placedAt().minus(Assessment.PERMIT_LIFE), null, stop.position());
    }

    /** What a stop held bears its name, whatever was let go of it. A drill leaves no trace on what it does not hold. */
    private static DecisionQuery attempts(Stop stop, @Nullable Instant until) {
        return stop.isDrill()
                ? query(stop, null, stop.placedAt(), until, Long.MAX_VALUE)
                : new DecisionQuery(
                        null,
                        null,
                        null,
                        null,
                        Assessment.ruleId(stop.id()),
                        null,
                        null,
                        stop.placedAt(),
                        until,
                        Set.of(),
                        Long.MAX_VALUE,
                        LOOKED_AT);
    }

    private static DecisionQuery query(
            Stop stop, @Nullable Mode mode, Instant from, @Nullable Instant until, long before) {
        StopScope scope = stop.scope();
        return new DecisionQuery(
                value(scope, StopScope.Kind.AGENT),
                // A family is no term that decisions are found by: what is found is looked through.
                scope.value().endsWith("*") ? null : value(scope, StopScope.Kind.ACTION),
                value(scope, StopScope.Kind.SUBJECT),
                mode,
                null,
                value(scope, StopScope.Kind.TRACE),
                null,
                from,
                until,
                Set.of(),
                before,
                LOOKED_AT);
    }

    private static @Nullable String value(StopScope scope, StopScope.Kind kind) {
        return scope.kind() == kind ? scope.value() : null;
    }
}
