package io.leeway.control;

import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.EpochState;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The kill switches. Stopping takes one person, releasing takes two, of a part as of the whole. */
@ApplicationScoped
public class Stops implements Replica {
    /** A stop was placed; without agent, action type and tags it holds everything. Its mode is what it caps at, if not HALT. */
    public static final EntryKind PLACED = new EntryKind("stop");
    /** A first person asked to release it. It still holds. */
    public static final EntryKind RELEASE_REQUESTED = new EntryKind("stop.release-request");
    /** A second person agreed. It holds no longer. */
    public static final EntryKind RELEASED = new EntryKind("stop.release");
    /** A first person asked to let go a part, which the header names. It still holds all. */
    public static final EntryKind NARROWING_REQUESTED = new EntryKind("stop.narrowing-request");
    /** A second person agreed. It holds that part no longer. */
    public static final EntryKind NARROWED = new EntryKind("stop.narrowing");
    /** A drill began: a stop that holds nothing. */
    public static final EntryKind DRILL = new EntryKind("drill");
    /** It is over. */
    public static final EntryKind DRILL_ENDED = new EntryKind("drill.end");

    static final int MAX_REASON = 2000;
    private static final int MAX_NARROWINGS = 50;

    private final Ledger ledger;
    private final StopRows rows;
    private final StopEntries entries;
    private final EpochState<ActiveStops> active = new EpochState<>(ActiveStops.NONE, StopTable::load);

    Stops(Ledger ledger, StopRows rows) {
        this.ledger = ledger;
        this.rows = rows;
        this.entries = new StopEntries(ledger);
    }

    /**
     * Places a stop. From its position on, nothing in its scope is decided without it.
     *
     * @throws Refusal {@code INVALID_STOP} when the reason is missing, too long or not plain text
     */
    public Stop place(LedgerTransaction tx, Actor actor, NewStop asked) throws SQLException {
        checkReason(asked.reason());
        Stop stop = new Stop(tx.newId(), asked, actor.subject(), tx.now(), tx.position(), List.of(), null, null);
        tx.append(entries.placed(actor, stop));
        StopTable.insert(tx, stop);
        tx.moveControlEpoch();
        return stop;
    }

    /**
     * One person's consent to the release of a stop: the first one's is noted, another one's releases. A drill, which holds
     * nothing, ends with the first.
     *
     * @throws Refusal {@code STOP_NOT_FOUND}; {@code STOP_RELEASED} when it no longer holds; {@code SECOND_PERSON_REQUIRED}
     *     when the same person asks twice; {@code INVALID_STOP} on the reason
     */
    public Release release(LedgerTransaction tx, Actor actor, UUID id, String reason) throws SQLException {
        checkReason(reason);
        Stop stop = findHeld(tx, id);
        Stop.Consent consent = new Stop.Consent(actor.subject(), tx.now(), reason);
        refuseSamePerson(stop.request(), consent);
        boolean complete = stop.isDrill() || stop.request() != null;
        EntryKind kind = stop.isDrill() ? DRILL_ENDED : complete ? RELEASED : RELEASE_REQUESTED;
        Stop after = complete ? stop.released(consent) : stop.requested(consent);
        change(tx, after, entries.answer(kind, actor, stop, reason));
        return new Release(after, complete);
    }

    /**
     * One person's consent that a part of a stop goes before the rest: the first one's is noted, another one's lets it go. The
     * stop holds on for all others.
     *
     * @throws Refusal as {@link #release}, and {@code INVALID_STOP} when the part is not narrower than the stop, {@code
     *     STOP_NARROWED} when it was let go before, {@code STOP_IS_DRILL}
     */
    public Release releaseFirst(LedgerTransaction tx, Actor actor, UUID id, StopScope part, String reason)
            throws SQLException {
        checkReason(reason);
        Stop stop = findHeld(tx, id);
        checkPart(stop, part);
        Stop.Consent consent = new Stop.Consent(actor.subject(), tx.now(), reason);
        Optional<Narrowing> asked = stop.narrowing(part);
        if (asked.filter(Narrowing::isReleased).isPresent()) {
            throw conflict("STOP_NARROWED", "This part of the stop has already been let go.");
        }
        Stop.Consent request = asked.map(Narrowing::request).orElse(null);
        refuseSamePerson(request, consent);
        boolean complete = request != null;
        Stop after =
                stop.with(request == null ? new Narrowing(part, consent, null) : new Narrowing(part, request, consent));
        change(tx, after, entries.narrowing(complete ? NARROWED : NARROWING_REQUESTED, actor, stop, part, reason));
        return new Release(after, complete);
    }

    private static void change(LedgerTransaction tx, Stop after, EntryDraft entry) throws SQLException {
        StopTable.update(tx, after, tx.append(entry).position());
        tx.moveControlEpoch();
    }

    /** The stops that hold the proposal, oldest first. Only inside the lane, after {@link #catchUp}. */
    public List<Stop> inScope(Proposal proposal) {
        return active.get().inScope(proposal);
    }

    /** The drills whose scope the proposal is in, oldest first. Only inside the lane, after {@link #catchUp}. */
    public List<Stop> drills(Proposal proposal) {
        return active.get().drills(proposal);
    }

    /** The stops that hold the proposal by now, oldest first. Blocks on the database. */
    public List<Stop> holding(Proposal proposal) {
        return ActiveStops.NONE.with(inForce()).inScope(proposal);
    }

    /**
     * Stops and drills in every state, newest first. Blocks on the database.
     *
     * @param before only those placed before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<Stop> list(long before, int limit) {
        return rows.list(ledger.realm(), before, limit);
    }

    /** Every stop that holds and every drill under way, newest first. Blocks on the database. */
    public List<Stop> inForce() {
        return rows.inForce(ledger.realm());
    }

    /** The stop with that id, in any state. Blocks on the database. */
    public Optional<Stop> find(UUID id) {
        return rows.find(ledger.realm(), id);
    }

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        active.catchUp(tx);
    }

    @Override
    public void forget() {
        active.forget();
    }

    private static Stop findHeld(LedgerTransaction tx, UUID id) throws SQLException {
        Stop stop = StopTable.find(tx, id);
        if (stop.state() == Stop.State.RELEASED) {
            throw conflict("STOP_RELEASED", "This stop has already been released.");
        }
        return stop;
    }

    private static void refuseSamePerson(Stop.@Nullable Consent request, Stop.Consent consent) {
        if (request != null && request.by().equals(consent.by())) {
            throw conflict(
                    "SECOND_PERSON_REQUIRED",
                    "`" + consent.by() + "` has already asked for this release. Somebody else has to agree.");
        }
    }

    private static void checkPart(Stop stop, StopScope part) {
        if (stop.isDrill()) {
            throw conflict("STOP_IS_DRILL", "A drill holds nothing, so nothing of it can be let go first.");
        }
        if (!part.isPartOf(stop.scope())) {
            throw invalid(
                    "What goes first is a part of what the stop holds.",
                    new Violation("/first", "is not narrower than the stop's own scope " + stop.scope()));
        }
        if (stop.narrowings().size() >= MAX_NARROWINGS && stop.narrowing(part).isEmpty()) {
            throw conflict("TOO_MANY_PARTS", "A stop is let go in at most " + MAX_NARROWINGS + " parts; release it.");
        }
    }

    private static void checkReason(@Nullable String reason) {
        String fault = PlainText.fault(reason, MAX_REASON);
        if (fault != null) {
            throw invalid("A stop and its release need a reason.", new Violation("/reason", fault));
        }
    }

    private static Refusal invalid(String detail, Violation violation) {
        return new Refusal(Refusal.Kind.INVALID, "INVALID_STOP", detail, List.of(violation));
    }

    private static Refusal conflict(String code, String detail) {
        return new Refusal(Refusal.Kind.CONFLICT, code, detail);
    }
}
