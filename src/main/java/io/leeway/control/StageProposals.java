package io.leeway.control;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTime;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stages by two people: one proposes, another accepts. Until then nothing changes, and what was proposed over a stage that is no
 * longer the one cannot be accepted.
 */
@ApplicationScoped
public class StageProposals {
    /** A stage was proposed: the header's mode is the cap that it would set. Accepting it is an entry of {@link Stages#SET}. */
    public static final EntryKind PROPOSED = new EntryKind("stage.proposal");

    /** How long a proposal can be accepted; less when the stage would have ended before. */
    static final Duration LIFE = Duration.ofDays(7);

    private final Ledger ledger;
    private final Stages stages;

    StageProposals(Ledger ledger, Stages stages) {
        this.ledger = ledger;
        this.stages = stages;
    }

    /**
     * Notes what somebody proposes.
     *
     * @param until when the stage is to end, null for never
     * @throws Refusal {@code INVALID_STAGE} with every fault
     */
    public StageProposal propose(
            LedgerTransaction tx,
            Actor actor,
            String agent,
            String action,
            Stage stage,
            String reason,
            @Nullable Instant until)
            throws SQLException {
        Instant end = until == null ? null : LedgerTime.micros(until);
        Stages.check(agent, action, reason, end, tx.now());
        StageTable.Standing standing = stages.standing(agent, action, tx.now());
        Instant expiresAt = tx.now().plus(LIFE);
        StageProposal proposal = new StageProposal(
                tx.newId(),
                agent,
                action,
                standing.stage(),
                standing.position(),
                stage,
                reason,
                end,
                actor.subject(),
                tx.now(),
                end != null && end.isBefore(expiresAt) ? end : expiresAt,
                tx.position(),
                null,
                StageProposal.State.OPEN);
        tx.append(EntryDraft.of(PROPOSED, actor)
                .agent(agent)
                .actionType(action)
                .mode(stage.cap())
                .facts(facts(proposal)));
        insert(tx, proposal);
        return proposal;
    }

    private static byte[] facts(StageProposal proposal) {
        Map<String, Object> facts = Stages.facts(
                proposal.agent(), proposal.action(), proposal.stage(), proposal.reason(), proposal.until());
        facts.put("id", proposal.id().toString());
        facts.put("from", proposal.from().name());
        facts.put("expiresAt", LedgerTime.text(proposal.expiresAt()));
        return CanonicalJson.bytes(facts);
    }

    private static void insert(LedgerTransaction tx, StageProposal proposal) throws SQLException {
        Sql.updateOne(
                tx.connection(),
                "insert into stage_proposal (realm, id, agent, action, stage, reason, until, from_stage, from_position,"
                        + " proposed_by, proposed_at, expires_at, position) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tx.realm(),
                proposal.id(),
                proposal.agent(),
                proposal.action(),
                proposal.stage().name(),
                proposal.reason(),
                proposal.until(),
                proposal.from().name(),
                proposal.fromPosition(),
                proposal.proposedBy(),
                proposal.proposedAt(),
                proposal.expiresAt(),
                proposal.position());
    }

    /**
     * A second person's consent, which sets the stage.
     *
     * @throws Refusal {@code STAGE_PROPOSAL_NOT_FOUND}; {@code SECOND_PERSON_REQUIRED} for the proposer's own;
     *     {@code STAGE_PROPOSAL_ACCEPTED}, {@code STAGE_PROPOSAL_EXPIRED}, and {@code STAGE_PROPOSAL_OUTDATED} when another stage
     *     counts by now than the one that the proposer saw
     */
    public StageProposal accept(LedgerTransaction tx, Actor actor, UUID id) throws SQLException {
        StageProposal found = find(tx, id);
        StageProposal proposal = found.at(tx.now(), stages.standing(found.agent(), found.action(), tx.now()));
        refuseUnlessOpen(proposal, actor);
        StageSetting setting = new StageSetting(
                proposal.agent(),
                proposal.action(),
                proposal.stage(),
                proposal.reason(),
                actor.subject(),
                tx.now(),
                tx.position(),
                proposal.until(),
                proposal.proposedBy());
        stages.put(
                tx,
                EntryDraft.of(Stages.SET, actor).ref(proposal.position()),
                setting,
                Map.of("proposal", id.toString(), "proposedBy", proposal.proposedBy()));
        Sql.updateOne(
                tx.connection(),
                "update stage_proposal set accepted_by = ?, accepted_at = ?, accepted_position = ?"
                        + " where realm = ? and id = ? and accepted_at is null",
                setting.setBy(),
                setting.setAt(),
                setting.position(),
                tx.realm(),
                id);
        return proposal.accepted(new StageProposal.Acceptance(setting.setBy(), setting.setAt(), setting.position()));
    }

    private static void refuseUnlessOpen(StageProposal proposal, Actor actor) {
        if (proposal.proposedBy().equals(actor.subject())) {
            throw conflict(
                    "SECOND_PERSON_REQUIRED",
                    "`" + actor.subject() + "` proposed this stage. Somebody else has to accept it.");
        }
        switch (proposal.state()) {
            case OPEN -> {}
            case ACCEPTED -> throw conflict("STAGE_PROPOSAL_ACCEPTED", "This stage has already been accepted.");
            case EXPIRED ->
                throw conflict(
                        "STAGE_PROPOSAL_EXPIRED",
                        "It could be accepted until " + LedgerTime.text(proposal.expiresAt()) + ". Propose it again.");
            case OUTDATED ->
                throw conflict(
                        "STAGE_PROPOSAL_OUTDATED",
                        "It was proposed over " + proposal.from()
                                + ", and what counts has been changed or has ended since. Look at it, then propose again.");
        }
    }

    private static Refusal conflict(String code, String detail) {
        return new Refusal(Refusal.Kind.CONFLICT, code, detail);
    }

    private static StageProposal find(LedgerTransaction tx, UUID id) throws SQLException {
        try (PreparedStatement select =
                Sql.query(tx.connection(), "select * from stage_proposal where realm = ? and id = ?", tx.realm(), id)) {
            return read(select).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Refusal.Kind.NOT_FOUND,
                            "STAGE_PROPOSAL_NOT_FOUND",
                            "There is no proposal of a stage with the id " + id + "."));
        }
    }

    /**
     * Proposals as they stand now, newest first. Blocks on the database.
     *
     * @param agent only for this one; null for all
     * @param before only those made before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<StageProposal> list(@Nullable String agent, long before, int limit) throws SQLException {
        Instant now = ledger.moment().now();
        return ledger.query(connection -> {
            List<StageProposal> found = select(connection, agent, before, limit);
            StageTable table = table(connection, found);
            return found.stream()
                    .map(proposal -> proposal.at(now, table.standing(proposal.agent(), proposal.action(), now)))
                    .toList();
        });
    }

    private List<StageProposal> select(Connection connection, @Nullable String agent, long before, int limit)
            throws SQLException {
        try (PreparedStatement select = Sql.query(
                connection,
                "select * from stage_proposal where realm = ? and position < ? and agent = coalesce(?, agent)"
                        + " order by position desc limit ?",
                ledger.realm(),
                before,
                agent,
                limit)) {
            return read(select);
        }
    }

    /** What is set for the agents of these. */
    private StageTable table(Connection connection, List<StageProposal> proposals) throws SQLException {
        String[] agents =
                proposals.stream().map(StageProposal::agent).distinct().toArray(String[]::new);
        try (PreparedStatement select = Sql.query(
                connection, "select * from stage where realm = ? and agent = any(?)", ledger.realm(), agents)) {
            return StageTable.EMPTY.with(Stages.read(select));
        }
    }

    private static List<StageProposal> read(PreparedStatement select) throws SQLException {
        List<StageProposal> proposals = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                proposals.add(read(row));
            }
        }
        return proposals;
    }

    private static StageProposal read(ResultSet row) throws SQLException {
        Optional<Instant> acceptedAt = Optional.ofNullable(Sql.instant(row, "accepted_at"));
        String acceptedBy = row.getString("accepted_by");
        long acceptedPosition = row.getLong("accepted_position");
        return new StageProposal(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                row.getString("action"),
                Stage.valueOf(row.getString("from_stage")),
                row.getLong("from_position"),
                Stage.valueOf(row.getString("stage")),
                row.getString("reason"),
                Sql.instant(row, "until"),
                row.getString("proposed_by"),
                Sql.time(row, "proposed_at"),
                Sql.time(row, "expires_at"),
                row.getLong("position"),
                acceptedAt
                        .map(at -> new StageProposal.Acceptance(acceptedBy, at, acceptedPosition))
                        .orElse(null),
                StageProposal.State.OPEN);
    }
}
