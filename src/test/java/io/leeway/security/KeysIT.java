package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leeway.ledger.JsonReader;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysIT {
    private static final Actor ADMIN = new Actor(Actor.LEEWAY, "root");

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private LedgerFixture fixture;
    private ApiKeys keys;
    private Authenticator authenticator;

    @TempDir
    Path data;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        keys = fixture.follow(new ApiKeys(fixture.ledger(), new ApiKeyRows()));
        authenticator = new Authenticator(keys, worker);
    }

    @AfterEach
    void close() throws SQLException {
        worker.shutdownNow();
        fixture.close();
    }

    @Test
    void aKeyIsSomebodyOnceItIsMade() throws SQLException {
        CreatedKey created = create("billing platform", "agent");
        catchUp();
        assertThat(authenticator.authenticate(created.secret()))
                .isInstanceOfSatisfying(Authentication.Accepted.class, accepted -> {
                    Principal principal = accepted.principal();
                    assertThat(principal.keyId()).isEqualTo(created.key().id());
                    assertThat(principal.actor()).isEqualTo(new Actor(Actor.LEEWAY, "billing platform"));
                    assertThat(principal.roles()).containsExactly(Role.AGENT);
                    assertThat(principal.may(new Endpoint("POST", "/v1/decisions")))
                            .isTrue();
                    assertThat(principal.may(new Endpoint("POST", "/v1/stops"))).isFalse();
                });
        assertThat(valid(created, Duration.ZERO)).isTrue();
    }

    @Test
    void theLedgerHoldsEverythingButTheSecret() throws SQLException {
        NewKey request = NewKey.of("alice", List.of("operator", "approver"), List.of("leads"), List.of(), "P30D");
        CreatedKey created = fixture.in(tx -> keys.create(tx, ADMIN, request));
        StoredEntry entry = fixture.ledger().entry(0).orElseThrow();
        assertThat(entry.kind()).isEqualTo("key.create");
        Map<String, Object> facts = JsonReader.object(entry.facts()).members();
        assertThat(facts)
                .containsOnlyKeys("id", "name", "roles", "groups", "agents", "expiresAt")
                .containsEntry("id", created.key().id())
                .containsEntry("name", "alice")
                .containsEntry("roles", List.of("approver", "operator"))
                .containsEntry("groups", List.of("leads"));
        String secret = created.secret().substring(created.secret().indexOf('_', 7) + 1);
        assertThat(new String(entry.header(), StandardCharsets.UTF_8) + facts + created)
                .doesNotContain(secret);
        assertThat(fixture.number("select count(*) from api_key where realm = ? and secret_hash = sha256('"
                        + created.secret() + "')"))
                .isEqualTo(1);
    }

    @Test
    void aRevokedKeyIsNobodyFromItsPositionOn() throws SQLException {
        CreatedKey created = create("bot", "agent");
        assertThat(valid(created, Duration.ZERO)).isTrue();
        fixture.in(tx -> {
            keys.revoke(tx, ADMIN, created.key().id());
            fixture.catchUp(tx);
            assertThat(authenticator.stillValid(created.key().id(), tx.now())).isFalse();
            return null;
        });
        assertThat(valid(created, Duration.ZERO)).isFalse();
        assertThat(authenticator.authenticate(created.secret())).isNotInstanceOf(Authentication.Accepted.class);
        assertThat(fixture.ledger().entry(1).orElseThrow().parsedHeader().members())
                .containsEntry("kind", "key.revoke")
                .containsEntry("ref", 0L);
    }

    @Test
    void revokingTwiceChangesNothing() throws SQLException {
        CreatedKey created = create("bot", "agent");
        ApiKey first = revoke(created.key().id());
        ApiKey second = revoke(created.key().id());
        assertThat(second).isEqualTo(first);
        assertThat(fixture.ledger().head().size()).isEqualTo(2);
        assertThatThrownBy(() -> revoke("nobody"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("KEY_NOT_FOUND"));
    }

    @Test
    void aRevocationThatWasRolledBackDidNotHappen() throws SQLException {
        CreatedKey created = create("bot", "agent");
        assertThatThrownBy(() -> fixture.in(tx -> {
                    keys.revoke(tx, ADMIN, created.key().id());
                    fixture.catchUp(tx);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(valid(created, Duration.ZERO)).isTrue();
        assertThat(authenticator.authenticate(created.secret())).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aKeyExpiresAtItsEnd() throws SQLException {
        CreatedKey created = fixture.in(
                tx -> keys.create(tx, ADMIN, NewKey.of("bot", List.of("agent"), List.of(), List.of(), "PT1H")));
        assertThat(valid(created, Duration.ofMinutes(59))).isTrue();
        assertThat(valid(created, Duration.ofHours(1))).isFalse();
    }

    @Test
    void anExpiredKeyIsNobody() throws SQLException {
        CreatedKey created = create("bot", "agent");
        catchUp();
        assertThat(authenticator.authenticate(created.secret())).isInstanceOf(Authentication.Accepted.class);
        fixture.sql("update api_key set expires_at = clock_timestamp() where realm = ?");
        keys.forget();
        catchUp();
        assertThat(authenticator.authenticate(created.secret())).isNotInstanceOf(Authentication.Accepted.class);
        assertThat(valid(created, Duration.ZERO)).isFalse();
    }

    @Test
    void aKeyThatExpiresBetweenTwoReadingsOfTheClockIsRefused() throws SQLException {
        CreatedKey created = create("bot", "agent");
        catchUp();
        fixture.sql("update api_key set expires_at = clock_timestamp() + interval '150 milliseconds' where realm = ?");
        keys.forget();
        catchUp();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> authenticator.authenticate(created.secret()) instanceof Authentication.Refused);
    }

    @Test
    void anIdWithAnotherSecretIsRefused() throws SQLException {
        CreatedKey created = create("bot", "agent");
        catchUp();
        String secret = created.secret();
        String last = secret.endsWith("A") ? "E" : "A";
        assertThat(authenticator.authenticate(secret.substring(0, secret.length() - 1) + last))
                .isInstanceOfSatisfying(
                        Authentication.Refused.class,
                        refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNAUTHENTICATED));
        assertThat(authenticator.authenticate("letmein")).isInstanceOf(Authentication.Refused.class);
        assertThat(authenticator.authenticate(created.key().id())).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void aKeyMadeOnAnotherReplicaIsUnknownUntilThisOneCatchesUp() throws SQLException {
        try (LedgerFixture second = fixture.another()) {
            ApiKeys there = second.follow(new ApiKeys(second.ledger(), new ApiKeyRows()));
            CreatedKey created = second.in(tx -> there.create(tx, ADMIN, request("bot", "agent")));
            assertThat(authenticator.authenticate(created.secret())).isInstanceOf(Authentication.Unknown.class);
            catchUp();
            assertThat(authenticator.authenticate(created.secret())).isInstanceOf(Authentication.Accepted.class);
        }
    }

    @Test
    void theLastAdminKeyCannotBeRevoked() throws SQLException {
        CreatedKey first = create("root", "admin");
        assertThatThrownBy(() -> revoke(first.key().id()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("LAST_ADMIN_KEY"));
        create("other root", "admin");
        assertThat(revoke(first.key().id()).revokedAt()).isNotNull();
    }

    @Test
    void theFirstStartWritesAKeyThatOnlyItsOwnerReads() throws Exception {
        Path file = start(data).orElseThrow();
        assertThat(file).isEqualTo(data.resolve("admin.key"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String key = Files.readString(file);
        assertThat(key).matches("leeway_[0-9a-f]{24}_[A-Za-z0-9_-]{43}");
        catchUp();
        assertThat(authenticator.authenticate(key))
                .isInstanceOfSatisfying(
                        Authentication.Accepted.class,
                        accepted -> assertThat(accepted.principal().roles()).containsExactly(Role.ADMIN));
        assertThat(files(data)).containsExactly("admin.key");
        Map<String, Object> facts = JsonReader.object(
                        fixture.ledger().entry(0).orElseThrow().facts())
                .members();
        Instant made = fixture.ledger().head().lastTime();
        assertThat(Instant.parse((String) facts.get("expiresAt"))).isEqualTo(made.plus(Duration.ofHours(24)));
    }

    @Test
    void aSecondReplicaAndARestartWriteNone(@TempDir Path elsewhere) throws Exception {
        start(data);
        String key = Files.readString(data.resolve("admin.key"));
        assertThat(start(elsewhere)).isEmpty();
        assertThat(files(elsewhere)).isEmpty();
        assertThat(start(data)).isEmpty();
        assertThat(Files.readString(data.resolve("admin.key"))).isEqualTo(key);
        assertThat(fixture.ledger().head().size()).isEqualTo(1);
    }

    @Test
    void anotherAdminKeyEndsTheFirstOne() throws Exception {
        start(data);
        String key = Files.readString(data.resolve("admin.key"));
        create("bot", "agent");
        catchUp();
        assertThat(authenticator.authenticate(key)).isInstanceOf(Authentication.Accepted.class);
        create("root", "admin");
        catchUp();
        assertThat(authenticator.authenticate(key)).isNotInstanceOf(Authentication.Accepted.class);
        assertThat(start(data)).as("there is another admin key").isEmpty();
        assertThat(fixture.ledger().entries(0, 10))
                .extracting(StoredEntry::kind)
                .containsExactly("key.create", "key.create", "key.create", "key.revoke");
    }

    @Test
    void aCrashBeforeTheCommitLeavesNothingThatLasts() throws Exception {
        bootstrap(data).prepare();
        assertThat(files(data)).singleElement().asString().startsWith("admin.key.");
        Files.writeString(data.resolve("admin.key.note"), "somebody's own");
        assertThat(start(data)).contains(data.resolve("admin.key"));
        assertThat(files(data)).containsExactly("admin.key", "admin.key.note");
        assertThat(fixture.number("select count(*) from api_key where realm = ?"))
                .isEqualTo(1);
    }

    @Test
    void aCrashAfterTheCommitIsMadeGoodByTheNextStart() throws Exception {
        BootstrapKey crashed = bootstrap(data);
        BootstrapKey.Draft draft = crashed.prepare();
        fixture.in(tx -> crashed.createIfNone(tx, draft));
        assertThat(data.resolve("admin.key")).doesNotExist();
        assertThat(start(data)).contains(data.resolve("admin.key"));
        catchUp();
        assertThat(authenticator.authenticate(Files.readString(data.resolve("admin.key"))))
                .isInstanceOf(Authentication.Accepted.class);
        assertThat(fixture.ledger().head().size()).isEqualTo(1);
    }

    @Test
    void anExpiredFirstKeyIsReplacedByTheNextStart() throws Exception {
        start(data);
        String lost = Files.readString(data.resolve("admin.key"));
        fixture.sql("update api_key set expires_at = created_at where realm = ?");
        assertThat(start(data)).isPresent();
        assertThat(Files.readString(data.resolve("admin.key"))).isNotEqualTo(lost);
    }

    private Optional<Path> start(Path directory) throws IOException, SQLException {
        BootstrapKey bootstrap = bootstrap(directory);
        BootstrapKey.Draft draft = bootstrap.prepare();
        Optional<String> id = fixture.in(tx -> bootstrap.createIfNone(tx, draft));
        return bootstrap.finish(id);
    }

    private BootstrapKey bootstrap(Path directory) {
        return new BootstrapKey(keys, () -> directory);
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private CreatedKey create(String name, String role) throws SQLException {
        return fixture.in(tx -> keys.create(tx, ADMIN, request(name, role)));
    }

    private static NewKey request(String name, String role) {
        return NewKey.of(name, List.of(role), List.of(), List.of(), null);
    }

    private ApiKey revoke(String id) throws SQLException {
        return fixture.in(tx -> keys.revoke(tx, ADMIN, id));
    }

    private void catchUp() throws SQLException {
        fixture.in(tx -> null);
    }

    private boolean valid(CreatedKey key, Duration ahead) throws SQLException {
        return fixture.in(tx ->
                authenticator.stillValid(key.key().id(), key.key().createdAt().plus(ahead)));
    }
}
