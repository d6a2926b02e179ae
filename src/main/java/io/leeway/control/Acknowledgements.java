package io.leeway.control;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What agents said of stops and drills: that they know of them. */
@ApplicationScoped
public class Acknowledgements {
    /** An agent, which the header names, knows of the stop or drill at {@code ref}. */
    public static final EntryKind KIND = new EntryKind("stop.acknowledgement");

    private static final String SELECT = "select * from stop_acknowledgement where realm = ? and stop_id = ? ";

    private final Ledger ledger;

    Acknowledgements(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Notes it. The first time counts: once more gives what is there.
     *
     * @throws Refusal {@code STOP_NOT_FOUND}; {@code STOP_RELEASED} when it no longer holds; {@code NOT_CONCERNED} when it is
     *     another agent's
     */
    public Acknowledgement acknowledge(LedgerTransaction tx, Actor actor, UUID id, String agent) throws SQLException {
        Stop stop = StopTable.find(tx, id);
        List<Acknowledgement> earlier = read(tx.connection(), SELECT + "and agent = ?", tx.realm(), id, agent);
        if (!earlier.isEmpty()) {
            return earlier.get(0);
        }
        if (stop.state() == Stop.State.RELEASED) {
            throw new Refusal(Refusal.Kind.CONFLICT, "STOP_RELEASED", "This stop has already been released.");
        }
        if (stop.scope().kind() == StopScope.Kind.AGENT && !stop.scope().value().equals(agent)) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NOT_CONCERNED",
                    "This stop holds " + stop.scope() + " and does not concern `" + agent + "`.");
        }
        long position = tx.append(EntryDraft.of(KIND, actor)
                        .agent(agent)
                        .ref(stop.position())
                        .facts(CanonicalJson.bytes(Map.of("id", id.toString()))))
                .position();
        Acknowledgement given = new Acknowledgement(agent, actor.subject(), tx.now(), position);
        Sql.updateOne(
                tx.connection(),
                "insert into stop_acknowledgement values (?, ?, ?, ?, ?, ?)",
                tx.realm(),
                id,
                agent,
                given.by(),
                given.at(),
                position);
        return given;
    }

    /** Every one of a stop, the first one first. Blocks on the database. */
    public List<Acknowledgement> of(UUID stop) throws SQLException {
        return ledger.query(connection -> read(connection, SELECT + "order by position", ledger.realm(), stop));
    }

    private static List<Acknowledgement> read(Connection connection, String sql, Object... arguments)
            throws SQLException {
        List<Acknowledgement> found = new ArrayList<>();
        try (PreparedStatement select = Sql.query(connection, sql, arguments);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Acknowledgement(
                        row.getString("agent"),
                        row.getString("acknowledged_by"),
                        Sql.time(row, "acknowledged_at"),
                        row.getLong("position")));
            }
        }
        return found;
    }
}
