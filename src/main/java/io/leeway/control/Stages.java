package io.leeway.control;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.EpochState;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTime;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.ledger.Sql;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What agents have earned. An agent that nobody staged is {@link Stage#SUPERVISED}. */
@ApplicationScoped
public class Stages implements Replica {
    /**
     * A stage was set: the header's mode is the cap that it sets. With a {@code ref} to the proposal that its actor accepted;
     * without one, it is an override.
     */
    public static final EntryKind SET = new EntryKind("stage");

    private static final int MAX_AGENT = 200;
    private static final String UPSERT = """
            insert into stage (realm, agent, action, stage, reason, set_by, set_at, until, proposed_by, changed_position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (realm, agent, action) do update
            set stage = excluded.stage, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at,
                until = excluded.until, proposed_by = excluded.proposed_by, changed_position = excluded.changed_position
            """;

    private final Ledger ledger;
    private final StageRows rows;
    private final EpochState<StageTable> settings = new EpochState<>(StageTable.EMPTY, Stages::load);

    Stages(Ledger ledger, StageRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /**
     * Sets what an agent has earned for an action type, a family or everything; replaces what was set for exactly that. One
     * person is enough, so it is recorded as an override.
     *
     * @param until when it ends, null for never
     * @param ifPosition set only if the present setting is the one at this position; null for in any case
     * @throws Refusal {@code INVALID_STAGE} with every fault; {@code STAGE_CHANGED} when {@code ifPosition} does not hold
     */
    public StageSetting set(
            LedgerTransaction tx,
            Actor actor,
            String agent,
            String action,
            Stage stage,
            String reason,
            @Nullable Instant until,
            @Nullable Long ifPosition)
            throws SQLException {
        Instant end = until == null ? null : LedgerTime.micros(until);
        check(agent, action, reason, end, tx.now());
        if (ifPosition != null
                && ifPosition != standing(agent, action, tx.now()).position()) {
            throw new Refusal(
                    Refusal.Kind.PRECONDITION,
                    "STAGE_CHANGED",
                    "The stage is no longer the one that you saw. Read it again, then decide.");
        }
        return put(
                tx,
                EntryDraft.of(SET, actor),
                new StageSetting(agent, action, stage, reason, actor.subject(), tx.now(), tx.position(), end, null),
                Map.of("override", true));
    }

    /**
     * Sets what was judged already.
     *
     * @param draft of the entry, with who sets it
     * @param how it came about: facts beside those of the setting
     */
    StageSetting put(LedgerTransaction tx, EntryDraft draft, StageSetting setting, Map<String, Object> how)
            throws SQLException {
        Map<String, Object> facts =
                facts(setting.agent(), setting.action(), setting.stage(), setting.reason(), setting.until());
        facts.putAll(how);
        tx.append(draft.agent(setting.agent())
                .actionType(setting.action())
                .mode(setting.stage().cap())
                .facts(CanonicalJson.bytes(facts)));
        Sql.updateOne(
                tx.connection(),
                UPSERT,
                tx.realm(),
                setting.agent(),
                setting.action(),
                setting.stage().name(),
                setting.reason(),
                setting.setBy(),
                setting.setAt(),
                setting.until(),
                setting.proposedBy(),
                setting.position());
        tx.moveControlEpoch();
        return setting;
    }

    /**
     * What the agent has earned for the type: the most specific setting, and {@link Stage#SUPERVISED} when that has ended or
     * there is none. Only inside the lane, after {@link #catchUp}.
     */
    public Stage stageOf(String agent, String actionType, Instant now) {
        return settings.get().stageOf(agent, actionType, now);
    }

    /** What counts for exactly that. Only inside the lane, after {@link #catchUp}. */
    StageTable.Standing standing(String agent, String action, Instant now) {
        return settings.get().standing(agent, action, now);
    }

    /**
     * Settings, the last set first, ended ones too. Blocks on the database.
     *
     * @param agent only this agent's; null for all
     * @param before only those set before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<StageSetting> list(@Nullable String agent, long before, int limit) {
        return rows.list(ledger.realm(), agent, before, limit);
    }

    /** The setting for exactly this agent and pattern, ended or not. Blocks on the database. */
    public Optional<StageSetting> find(String agent, String action) {
        return rows.find(ledger.realm(), agent, action);
    }

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        settings.catchUp(tx);
    }

    @Override
    public void forget() {
        settings.forget();
    }

    /** @throws Refusal {@code INVALID_STAGE} with every fault */
    static void check(String agent, String action, String reason, @Nullable Instant until, Instant now) {
        List<Violation> violations = new ArrayList<>();
        add(violations, "/agent", PlainText.fault(agent, MAX_AGENT));
        add(violations, "/action", ActionPattern.fault(action));
        add(violations, "/reason", PlainText.fault(reason, Stops.MAX_REASON));
        if (until != null && !until.isAfter(now)) {
            String found = LedgerTime.text(until) + " has passed; it is " + LedgerTime.text(now);
            violations.add(new Violation("/until", found));
        }
        if (!violations.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, "INVALID_STAGE", "The stage breaks the contract.", violations);
        }
    }

    private static void add(List<Violation> violations, String pointer, @Nullable String fault) {
        if (fault != null) {
            violations.add(new Violation(pointer, fault));
        }
    }

    /** What is recorded of a stage, by name. */
    static Map<String, Object> facts(String agent, String action, Stage stage, String reason, @Nullable Instant until) {
        Map<String, Object> facts =
                new TreeMap<>(Map.of("agent", agent, "action", action, "stage", stage.name(), "reason", reason));
        if (until != null) {
            facts.put("until", LedgerTime.text(until));
        }
        return facts;
    }

    private static StageTable load(LedgerTransaction tx, StageTable before, long since) throws SQLException {
        try (PreparedStatement select = Sql.query(
                tx.connection(), "select * from stage where realm = ? and changed_position >= ?", tx.realm(), since)) {
            return before.with(read(select));
        }
    }

    /** Whole rows. */
    static List<StageSetting> read(PreparedStatement select) throws SQLException {
        List<StageSetting> settings = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                settings.add(new StageSetting(
                        row.getString("agent"),
                        row.getString("action"),
                        Stage.valueOf(row.getString("stage")),
                        row.getString("reason"),
                        row.getString("set_by"),
                        Sql.time(row, "set_at"),
                        row.getLong("changed_position"),
                        Sql.instant(row, "until"),
                        row.getString("proposed_by")));
            }
        }
        return settings;
    }
}
