package io.leeway.decision;

import io.leeway.activity.ActivityEvent;
import io.leeway.activity.KeptSeries;
import io.leeway.activity.RecentActivity;
import io.leeway.control.EmergencyStop;
import io.leeway.control.Stages;
import io.leeway.control.Stops;
import io.leeway.ledger.Appended;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.Hashes;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.Sql;
import io.leeway.ledger.StoredEntry;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.Mode;
import io.leeway.model.Permit;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Uses a permit: once, in time, for exactly the action that it binds, and with no stop or stage against it by then. */
@ApplicationScoped
class PermitConsumption {
    private static final String CONSUMED_AT = """
            select asked.position, e.recorded_at
            from unnest(?::bigint[]) asked (position)
            join permit_consumption c on c.realm = ? and c.position = asked.position
            join ledger_entry e on e.realm = c.realm and e.position = c.consumed
            """;

    private final Stops stops;
    private final Stages stages;
    private final KeptSeries kept;
    private final EmergencyStop emergencyStop;

    PermitConsumption(Stops stops, Stages stages, KeptSeries kept, EmergencyStop emergencyStop) {
        this.stops = stops;
        this.stages = stages;
        this.kept = kept;
        this.emergencyStop = emergencyStop;
    }

    /**
     * @param agents whose permits the caller may use; empty for any
     * @throws Refusal when there is no such permit, or it cannot be used now, with the reason
     */
    Consumption consume(LedgerTransaction tx, UUID permitId, String actionDigest, Set<String> agents, Actor actor)
            throws SQLException {
        emergencyStop.refuseIfEngaged();
        StoredEntry entry = tx.entry(PositionedId.positionOf(permitId))
                .filter(found -> found.kind().equals(DecisionRecord.KIND.name()))
                .orElseThrow(PermitConsumption::unknown);
        JsonObject header = entry.parsedHeader();
        Permit permit = DecisionRecord.permit(header);
        String agent = header.text("agent");
        if (permit == null || !permit.id().equals(permitId) || !(agents.isEmpty() || agents.contains(agent))) {
            throw unknown();
        }
        if (!actionDigest.equals(header.text("actionDigest"))) {
            throw conflict("ACTION_DIGEST_MISMATCH", "The permit binds another action than the one named.");
        }
        if (isConsumed(tx.connection(), tx.realm(), entry.position())) {
            throw conflict("PERMIT_CONSUMED", "The permit was used already; it allows one execution.");
        }
        if (!tx.now().isBefore(permit.expiresAt())) {
            throw conflict("PERMIT_EXPIRED", "The permit ended at " + permit.expiresAt() + ". Ask again.");
        }
        refuseIfStopped(entry, header, tx);
        RecentActivity.consumed(
                tx, kept, ActivityEvent.of(header), header.id("decisionId"), header.time("time"), permit.expiresAt());
        return record(tx, entry, header, permit, actor);
    }

    private void refuseIfStopped(StoredEntry entry, JsonObject header, LedgerTransaction tx) {
        Proposal proposal = proposal(entry);
        Mode given = Mode.valueOf(header.text("mode"));
        stops.inScope(proposal).stream()
                .filter(stop -> !stop.level().lets(given))
                .findFirst()
                .ifPresent(stop -> {
                    throw conflict("STOPPED", "A stop is in force for this action: " + stop.reason());
                });
        Stage stage = stages.stageOf(proposal.agent().id(), proposal.action().type(), tx.now());
        if (stage.cap() != Mode.AUTONOMOUS) {
            throw conflict("STAGE", "The agent is at stage " + stage + " for this action by now.");
        }
    }

    private static Consumption record(
            LedgerTransaction tx, StoredEntry entry, JsonObject header, Permit permit, Actor actor)
            throws SQLException {
        UUID decisionId = header.id("decisionId");
        JsonObject recorded = header.object("tags");
        Map<String, String> tags = new HashMap<>();
        recorded.members().keySet().forEach(kind -> tags.put(kind, recorded.text(kind)));
        Appended appended = tx.append(EntryDraft.of(Consumption.KIND, actor)
                .decisionId(decisionId)
                .agent(header.text("agent"))
                .actionType(header.text("actionType"))
                .actionDigest(header.text("actionDigest"))
                .permit(permit)
                .ref(entry.position())
                .tags(new Tags(tags)));
        try (PreparedStatement insert =
                tx.connection().prepareStatement("insert into permit_consumption values (?, ?, ?)")) {
            insert.setString(1, tx.realm());
            insert.setLong(2, entry.position());
            insert.setLong(3, appended.position());
            insert.executeUpdate();
        }
        return new Consumption(
                permit.id(),
                decisionId,
                tx.now(),
                new Decision.Place(appended.position(), Hashes.prefixed(appended.leafHash())));
    }

    static boolean isConsumed(Connection connection, String realm, long position) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from permit_consumption where realm = ? and position = ?")) {
            select.setString(1, realm);
            select.setLong(2, position);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** When the permits of these decisions were used, by position of the decision; of those that were. */
    static Map<Long, Instant> consumedAt(Connection connection, String realm, Collection<Long> positions)
            throws SQLException {
        Map<Long, Instant> consumed = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(CONSUMED_AT)) {
            select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            select.setString(2, realm);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    consumed.put(row.getLong("position"), Sql.time(row, "recorded_at"));
                }
            }
        }
        return consumed;
    }

    /** What stops and stages look at, from the recorded facts. */
    private static Proposal proposal(StoredEntry entry) {
        byte[] facts = entry.facts();
        if (facts == null) {
            throw conflict("ERASED", "The facts of this decision were erased, so its permit cannot be checked.");
        }
        return RecordedFacts.read(facts).sent();
    }

    private static Refusal unknown() {
        return new Refusal(Refusal.Kind.NOT_FOUND, "UNKNOWN_PERMIT", "There is no such permit.");
    }

    private static Refusal conflict(String code, String detail) {
        return new Refusal(Refusal.Kind.CONFLICT, code, detail);
    }
}
