package io.leeway.control;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.EpochState;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.ledger.Sql;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The kill switches. Stopping takes one person, releasing takes two. */
@ApplicationScoped
public class Stops implements Replica {
    /** A stop was placed; without agent, action type and tags it holds everything. */
    public static final EntryKind PLACED = new EntryKind("stop");
    /** A first person asked to release it. It still holds. */
    public static final EntryKind RELEASE_REQUESTED = new EntryKind("stop.release-request");
    /** A second person agreed. It holds no longer. */
    public static final EntryKind RELEASED = new EntryKind("stop.release");

    static final int MAX_REASON = 2000;

    private static final String COLUMNS = "select * from stop where realm = ? ";

    private final Ledger ledger;
    private final StopRows rows;
    private final EpochState<ActiveStops> active = new EpochState<>(ActiveStops.NONE, Stops::load);

    Stops(Ledger ledger, StopRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /**
     * Places a stop. From its position on, nothing in its scope is decided without it.
     *
     * @throws Refusal {@code INVALID_STOP} when the reason is missing, too long or not plain text
     */
    public Stop place(LedgerTransaction tx, Actor actor, StopScope scope, String reason) throws SQLException {
        checkReason(reason);
        Stop stop = new Stop(tx.newId(), scope, reason, actor.subject(), tx.now(), tx.position(), null, null);
        tx.append(draft(PLACED, actor, stop, reason));
        Sql.updateOne(
                tx.connection(),
                "insert into stop (realm, id, scope_kind, scope_value, reason, placed_by, placed_at, placed_position,"
                        + " changed_position) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tx.realm(),
                stop.id(),
                scope.kind().wire(),
                scope.value(),
                reason,
                stop.placedBy(),
                stop.placedAt(),
                stop.position(),
                stop.position());
        tx.moveControlEpoch();
        return stop;
    }

    /**
     * One person's consent to the release of a stop: the first one's is noted, another one's releases.
     *
     * @throws Refusal {@code STOP_NOT_FOUND}; {@code STOP_RELEASED} when it no longer holds; {@code SECOND_PERSON_REQUIRED}
     *     when the same person asks twice; {@code INVALID_STOP} on the reason
     */
    public Release release(LedgerTransaction tx, Actor actor, UUID id, String reason) throws SQLException {
        checkReason(reason);
        Stop stop = find(tx, id);
        Stop.Consent consent = new Stop.Consent(actor.subject(), tx.now(), reason);
        Stop.Consent request = stop.request();
        if (stop.state() == Stop.State.RELEASED) {
            throw new Refusal(Refusal.Kind.CONFLICT, "STOP_RELEASED", "This stop has already been released.");
        }
        if (request != null && request.by().equals(consent.by())) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "SECOND_PERSON_REQUIRED",
                    "`" + consent.by() + "` has already asked for this release. Somebody else has to agree.");
        }
        boolean complete = request != null;
        long position = tx.append(draft(complete ? RELEASED : RELEASE_REQUESTED, actor, stop, reason)
                        .ref(stop.position()))
                .position();
        Sql.updateOne(
                tx.connection(),
                complete
                        ? "update stop set released_by = ?, released_at = ?, release_reason = ?, changed_position = ?"
                                + " where realm = ? and id = ? and released_at is null"
                        : "update stop set requested_by = ?, requested_at = ?, request_reason = ?, changed_position = ?"
                                + " where realm = ? and id = ? and requested_at is null",
                consent.by(),
                consent.at(),
                reason,
                position,
                tx.realm(),
                id);
        tx.moveControlEpoch();
        return new Release(complete ? stop.released(consent) : stop.requested(consent), complete);
    }

    /** The stops that hold the proposal, oldest first. Only inside the lane, after {@link #catchUp}. */
    public List<Stop> inScope(Proposal proposal) {
        return active.get().inScope(proposal);
    }

    /**
     * Stops in every state, newest first. Blocks on the database.
     *
     * @param before only those placed before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<Stop> list(long before, int limit) {
        return rows.list(ledger.realm(), before, limit);
    }

    /** Every stop that holds, newest first. Blocks on the database. */
    public List<Stop> inForce() {
        return rows.inForce(ledger.realm());
    }

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        active.catchUp(tx);
    }

    @Override
    public void forget() {
        active.forget();
    }

    private static void checkReason(@Nullable String reason) {
        String fault = PlainText.fault(reason, MAX_REASON);
        if (fault != null) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "INVALID_STOP",
                    "A stop and its release need a reason.",
                    List.of(new Violation("/reason", fault)));
        }
    }

    private EntryDraft draft(EntryKind kind, Actor actor, Stop stop, String reason) {
        StopScope scope = stop.scope();
        EntryDraft draft = EntryDraft.of(kind, actor)
                .facts(CanonicalJson.bytes(Map.of(
                        "id",
                        stop.id().toString(),
                        "reason",
                        reason,
                        "scope",
                        Map.of("kind", scope.kind().wire(), "value", scope.value()))));
        return switch (scope.kind()) {
            case ALL -> draft;
            case AGENT -> draft.agent(scope.value());
            case ACTION -> draft.actionType(scope.value());
            case SUBJECT -> draft.tags(subjectTags(scope));
            case TRACE -> draft.tags(Tags.NONE.with(Tags.TRACE, ledger.tag(Tags.TRACE, scope.value())));
        };
    }

    private Tags subjectTags(StopScope scope) {
        Tags bare = Tags.NONE.with(Tags.SUBJECT_ID, ledger.tag(Tags.SUBJECT_ID, scope.value()));
        return scope.typedSubject()
                .map(typed -> bare.with(Tags.SUBJECT, ledger.tag(Tags.SUBJECT, typed)))
                .orElse(bare);
    }

    private static Stop find(LedgerTransaction tx, UUID id) throws SQLException {
        try (PreparedStatement select = Sql.query(tx.connection(), COLUMNS + "and id = ?", tx.realm(), id)) {
            return read(select).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND", "There is no stop with the id " + id + "."));
        }
    }

    private static ActiveStops load(LedgerTransaction tx, ActiveStops before, long since) throws SQLException {
        String which = since == 0 ? "and released_at is null and changed_position >= ?" : "and changed_position >= ?";
        try (PreparedStatement select = Sql.query(tx.connection(), COLUMNS + which, tx.realm(), since)) {
            return before.with(read(select));
        }
    }

    private static List<Stop> read(PreparedStatement select) throws SQLException {
        List<Stop> stops = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                stops.add(new Stop(
                        row.getObject("id", UUID.class),
                        StopScope.of(row.getString("scope_kind"), row.getString("scope_value")),
                        row.getString("reason"),
                        row.getString("placed_by"),
                        Sql.time(row, "placed_at"),
                        row.getLong("placed_position"),
                        consent(row, "requested_by", "requested_at", "request_reason"),
                        consent(row, "released_by", "released_at", "release_reason")));
            }
        }
        return stops;
    }

    private static Stop.@Nullable Consent consent(ResultSet row, String by, String at, String reason)
            throws SQLException {
        Instant time = Sql.instant(row, at);
        return time == null ? null : new Stop.Consent(row.getString(by), time, row.getString(reason));
    }
}
