package io.leeway.security;

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
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys: made and revoked in the order of the ledger like everything else, and held in memory to authenticate. */
@ApplicationScoped
public class ApiKeys implements Replica {
    /** A key was made. */
    public static final EntryKind CREATED = new EntryKind("key.create");
    /** A key was revoked: from this position on nothing is done for it. */
    public static final EntryKind REVOKED = new EntryKind("key.revoke");

    static final Duration BOOTSTRAP_LIFE = Duration.ofHours(24);

    private static final String BOOTSTRAP_NAME = "bootstrap-admin";
    private static final String SELECT = "select * from api_key where realm = ? ";
    private static final String CHANGED = "and expires_at > ? and changed_position >= ? ";
    private static final String LIVE_ADMIN =
            SELECT + "and 'admin' = any(roles) and revoked_at is null and expires_at > ?";
    private static final String INSERT = """
            insert into api_key (realm, id, name, secret_hash, roles, groups, agents, bootstrap, created_by, created_at,
                                 created_position, expires_at, changed_position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Ledger ledger;
    private final ApiKeyRows rows;
    private final SecureRandom random = new SecureRandom();
    private final EpochState<LiveKeys> keys = new EpochState<>(LiveKeys.NONE, ApiKeys::load);
    /** For requests on their way in. At most behind what the lane knows by a transaction that was rolled back. */
    private volatile LiveKeys published = LiveKeys.NONE;

    private volatile @Nullable ClockReading clock;

    ApiKeys(Ledger ledger, ApiKeyRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /**
     * Makes a key. Another admin key ends the one of the first start.
     *
     * @return the key, and the only copy of its secret
     */
    public CreatedKey create(LedgerTransaction tx, Actor actor, NewKey request) throws SQLException {
        Secret secret = Secret.random(random);
        ApiKey key = insert(tx, actor, request, secret, false);
        if (key.isAdmin()) {
            for (ApiKey admin : liveAdmins(tx)) {
                if (admin.bootstrap()) {
                    end(tx, actor, admin);
                }
            }
        }
        return new CreatedKey(key, secret.text());
    }

    /**
     * Revokes a key. Nothing happens when it already is.
     *
     * @throws Refusal {@code KEY_NOT_FOUND}; {@code LAST_ADMIN_KEY} when nobody could make keys any more
     */
    public ApiKey revoke(LedgerTransaction tx, Actor actor, String id) throws SQLException {
        ApiKey key = find(tx, id);
        if (key.revokedAt() != null) {
            return key;
        }
        if (key.isAdmin() && key.isLiveAt(tx.now()) && liveAdmins(tx).size() == 1) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "LAST_ADMIN_KEY",
                    "This is the last admin key. Make another one with it, then revoke this one.");
        }
        return end(tx, actor, key);
    }

    /**
     * Keys in every state, newest first. Blocks on the database.
     *
     * @param before only those made before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<ApiKey> list(long before, int limit) {
        return rows.list(ledger.realm(), before, limit);
    }

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        LiveKeys before = keys.get();
        keys.catchUp(tx);
        LiveKeys after = keys.get();
        if (after != before) {
            publish(after);
        }
        clock = ClockReading.of(tx.now());
    }

    @Override
    public void forget() {
        keys.forget();
    }

    /** Whether the key counts at this time of the ledger. Only inside the lane, after {@link #catchUp}. */
    boolean isLiveInLane(String id, Instant ledgerTime) {
        return keys.get()
                .find(id)
                .filter(stored -> stored.key().isLiveAt(ledgerTime))
                .isPresent();
    }

    /** Whether the key counts now. Blocks on the database. */
    boolean isLiveNow(String id) {
        return rows.isLive(ledger.realm(), id);
    }

    /** The key, when it counts now. Blocks on the database. */
    Optional<ApiKey> liveNow(String id) {
        ApiKeyRows.Found found = rows.find(ledger.realm(), List.of(id));
        return found.keys().stream()
                .map(StoredKey::key)
                .filter(key -> key.isLiveAt(found.now()))
                .findFirst();
    }

    /** What is known of a key without asking the database. */
    Optional<StoredKey> known(String id) {
        return published.find(id);
    }

    /** About what time it is for the ledger; empty before it was ever asked. */
    Optional<Instant> about() {
        return Optional.ofNullable(clock).map(ClockReading::now);
    }

    /** Looks these up in the database. Blocks. */
    void refresh(Collection<String> ids) {
        LiveKeys before;
        LiveKeys after;
        do {
            before = published;
            ApiKeyRows.Found found = rows.find(ledger.realm(), ids);
            after = found.keys().isEmpty() ? before : before.with(found.keys());
            clock = ClockReading.of(found.now());
        } while (!publish(before, after));
    }

    private synchronized void publish(LiveKeys after) {
        published = after;
    }

    /** False when the lane has published meanwhile: what was read before that may be older. */
    private synchronized boolean publish(LiveKeys before, LiveKeys after) {
        if (published != before) {
            return false;
        }
        published = after;
        return true;
    }

    /**
     * The admin key of the first start.
     *
     * @param secret what it is to be if it has to be made
     * @return the one that lives, new or not; empty when another admin key lives
     */
    Optional<ApiKey> bootstrap(LedgerTransaction tx, Secret secret) throws SQLException {
        List<ApiKey> admins = liveAdmins(tx);
        if (admins.isEmpty()) {
            NewKey request = new NewKey(BOOTSTRAP_NAME, Set.of(Role.ADMIN), List.of(), List.of(), BOOTSTRAP_LIFE);
            return Optional.of(insert(tx, Actor.INSTALLATION, request, secret, true));
        }
        return admins.stream().allMatch(ApiKey::bootstrap) ? Optional.of(admins.get(0)) : Optional.empty();
    }

    SecureRandom random() {
        return random;
    }

    private static ApiKey insert(LedgerTransaction tx, Actor actor, NewKey request, Secret secret, boolean bootstrap)
            throws SQLException {
        ApiKey key = new ApiKey(
                secret.id(),
                request.name(),
                request.roles(),
                request.groups(),
                request.agents(),
                tx.now(),
                LedgerTime.micros(tx.now().plus(request.life())),
                null,
                tx.position(),
                bootstrap);
        tx.append(EntryDraft.of(CREATED, actor).facts(facts(key)));
        Sql.updateOne(
                tx.connection(),
                INSERT,
                tx.realm(),
                key.id(),
                key.name(),
                secret.hash(),
                wire(key.roles()).toArray(new String[0]),
                key.groups().toArray(new String[0]),
                key.agents().toArray(new String[0]),
                bootstrap,
                actor.subject(),
                key.createdAt(),
                key.position(),
                key.expiresAt(),
                key.position());
        tx.moveControlEpoch();
        return key;
    }

    private static ApiKey end(LedgerTransaction tx, Actor actor, ApiKey key) throws SQLException {
        long position = tx.append(
                        EntryDraft.of(REVOKED, actor).ref(key.position()).facts(facts(key)))
                .position();
        Sql.updateOne(
                tx.connection(),
                "update api_key set revoked_at = ?, changed_position = ? where realm = ? and id = ? and revoked_at is null",
                tx.now(),
                position,
                tx.realm(),
                key.id());
        tx.moveControlEpoch();
        return new ApiKey(
                key.id(),
                key.name(),
                key.roles(),
                key.groups(),
                key.agents(),
                key.createdAt(),
                key.expiresAt(),
                tx.now(),
                key.position(),
                key.bootstrap());
    }

    private static byte[] facts(ApiKey key) {
        return CanonicalJson.bytes(Map.of(
                "id", key.id(),
                "name", key.name(),
                "roles", wire(key.roles()),
                "groups", key.groups(),
                "agents", key.agents(),
                "expiresAt", LedgerTime.text(key.expiresAt())));
    }

    private static List<String> wire(Set<Role> roles) {
        return roles.stream().map(Role::wire).sorted().toList();
    }

    /** @throws Refusal {@code KEY_NOT_FOUND} */
    static ApiKey find(LedgerTransaction tx, String id) throws SQLException {
        try (PreparedStatement select = Sql.query(tx.connection(), SELECT + "and id = ?", tx.realm(), id)) {
            return read(select).stream().findFirst().map(StoredKey::key).orElseThrow(() -> notFound(id));
        }
    }

    static Refusal notFound(String id) {
        return new Refusal(Refusal.Kind.NOT_FOUND, "KEY_NOT_FOUND", "There is no key with the id `" + id + "`.");
    }

    private static List<ApiKey> liveAdmins(LedgerTransaction tx) throws SQLException {
        try (PreparedStatement select = Sql.query(tx.connection(), LIVE_ADMIN, tx.realm(), tx.now())) {
            return read(select).stream().map(StoredKey::key).toList();
        }
    }

    private static LiveKeys load(LedgerTransaction tx, LiveKeys before, long since) throws SQLException {
        String which = since == 0 ? CHANGED + "and revoked_at is null" : CHANGED;
        try (PreparedStatement select = Sql.query(tx.connection(), SELECT + which, tx.realm(), tx.now(), since)) {
            return before.with(read(select));
        }
    }

    private static List<StoredKey> read(PreparedStatement select) throws SQLException {
        List<StoredKey> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ApiKey key = new ApiKey(
                        row.getString("id"),
                        row.getString("name"),
                        ApiKeyRow.roles(texts(row.getArray("roles"))),
                        List.of(texts(row.getArray("groups"))),
                        List.of(texts(row.getArray("agents"))),
                        Sql.time(row, "created_at"),
                        Sql.time(row, "expires_at"),
                        Sql.instant(row, "revoked_at"),
                        row.getLong("created_position"),
                        row.getBoolean("bootstrap"));
                keys.add(new StoredKey(key, row.getBytes("secret_hash")));
            }
        }
        return keys;
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    /** The ledger's clock when it was read last, and what this machine's has advanced since. */
    private record ClockReading(Instant time, long nanos) {
        static ClockReading of(Instant time) {
            return new ClockReading(time, System.nanoTime());
        }

        Instant now() {
            return time.plusNanos(System.nanoTime() - nanos);
        }
    }
}
