package io.leeway.security;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.ledger.LedgerFixture;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking up keys that are not in memory: what it costs the database, and what it answers. */
class AuthenticatorIT {
    private final ExecutorService worker = Executors.newFixedThreadPool(4);
    private final Table table = new Table();
    private LedgerFixture fixture;
    private LedgerFixture elsewhere;
    private ApiKeys keysElsewhere;
    private ApiKeys keys;
    private Authenticator authenticator;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        elsewhere = fixture.another();
        keys = fixture.follow(new ApiKeys(fixture.ledger(), table));
        keysElsewhere = elsewhere.follow(new ApiKeys(elsewhere.ledger(), table));
        authenticator = new Authenticator(keys, worker);
    }

    @AfterEach
    void close() throws SQLException {
        worker.shutdownNow();
        elsewhere.close();
        fixture.close();
    }

    @Test
    void aKeyMadeOnAnotherReplicaIsFound() throws Exception {
        CreatedKey created = createElsewhere("bot");
        assertThat(authenticator.authenticate(created.secret())).isInstanceOf(Authentication.Unknown.class);
        assertThat(lookUp(created.secret())).isInstanceOf(Authentication.Accepted.class);
        assertThat(authenticator.authenticate(created.secret()))
                .as("and known from then on")
                .isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aKeyThatNobodyMadeIsRefused() throws Exception {
        assertThat(refusal(lookUp(random())).kind()).isEqualTo(Refusal.Kind.UNAUTHENTICATED);
        assertThat(refusal(lookUp("letmein")).kind()).isEqualTo(Refusal.Kind.UNAUTHENTICATED);
    }

    @Test
    void aFloodOfBadKeysSharesAFewLooksAndDoesNotKeepAGoodOneOut() throws Exception {
        CreatedKey created = createElsewhere("bot");
        List<CompletableFuture<Authentication>> answers = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            answers.add(authenticator.lookUp(random()).toCompletableFuture());
        }
        assertThat(lookUp(created.secret())).isInstanceOf(Authentication.Accepted.class);
        for (CompletableFuture<Authentication> answer : answers) {
            assertThat(refusal(answer.get(5, SECONDS)).code()).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(table.looks.get()).isLessThanOrEqualTo(20);
        assertThat(table.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void moreThanOneLookHoldsIsTurnedAwayAtOnce() throws Exception {
        List<CompletableFuture<Authentication>> answers = new ArrayList<>();
        table.lock();
        try {
            // The first look is held up by the database, so the rest piles up behind it.
            for (int i = 0; i < 2500; i++) {
                answers.add(authenticator.lookUp(random()).toCompletableFuture());
            }
        } finally {
            table.unlock();
        }
        int turnedAway = 0;
        for (CompletableFuture<Authentication> answer : answers) {
            turnedAway += refusal(answer.get(5, SECONDS)).kind() == Refusal.Kind.OVERLOADED ? 1 : 0;
        }
        assertThat(turnedAway).isBetween(500, 1500);
        assertThat(lookUp(createElsewhere("bot").secret())).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aDatabaseThatCannotBeAskedIsNoReasonToSayThatTheKeyIsBad() throws Exception {
        CreatedKey created = createElsewhere("bot");
        table.broken = true;
        assertThat(refusal(lookUp(created.secret())).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
        table.broken = false;
        assertThat(lookUp(created.secret())).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aRevocationThatTheLaneKnowsIsNotUndoneByALookThatBeganBefore() throws Exception {
        CreatedKey created = createElsewhere("bot");
        // Read before the revocation, held up, and back only after the lane has heard of it.
        table.lock();
        CompletableFuture<Authentication> answer =
                authenticator.lookUp(created.secret()).toCompletableFuture();
        table.awaitLook();
        elsewhere.in(
                tx -> keysElsewhere.revoke(tx, Actor.INSTALLATION, created.key().id()));
        fixture.in(tx -> null);
        table.forget(created.key().id());
        table.unlock();
        assertThat(answer.get(5, SECONDS)).isInstanceOf(Authentication.Refused.class);
        assertThat(authenticator.authenticate(created.secret())).isNotInstanceOf(Authentication.Accepted.class);
    }

    private CreatedKey createElsewhere(String name) throws SQLException {
        NewKey request = NewKey.of(name, List.of("agent"), List.of(), List.of(), null);
        CreatedKey created = elsewhere.in(tx -> keysElsewhere.create(tx, Actor.INSTALLATION, request));
        table.rows.put(
                created.key().id(),
                new StoredKey(
                        created.key(),
                        Secret.parse(created.secret()).orElseThrow().hash()));
        return created;
    }

    private Authentication lookUp(String credential) throws Exception {
        return authenticator.lookUp(credential).toCompletableFuture().get(5, SECONDS);
    }

    private static Refusal refusal(Authentication authentication) {
        assertThat(authentication).isInstanceOf(Authentication.Refused.class);
        return ((Authentication.Refused) authentication).refusal();
    }

    private static String random() {
        return Secret.random(new SecureRandom()).text();
    }

    /** The table as Hibernate would read it; reads can be held up after they have seen the rows. */
    private static final class Table extends ApiKeyRows {
        final Map<String, StoredKey> rows = new ConcurrentHashMap<>();
        final AtomicInteger looks = new AtomicInteger();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        private final Semaphore gate = new Semaphore(1);
        volatile boolean broken;

        void lock() throws InterruptedException {
            gate.acquire();
        }

        void unlock() {
            gate.release();
        }

        void forget(String id) {
            rows.remove(id);
        }

        void awaitLook() {
            await().until(() -> atOnce.get() == 1);
        }

        @Override
        Found find(String realm, Collection<String> ids) {
            looks.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                List<StoredKey> found = rows.values().stream()
                        .filter(row -> ids.contains(row.key().id()))
                        .toList();
                gate.acquireUninterruptibly();
                gate.release();
                if (broken) {
                    throw new IllegalStateException("the database is away");
                }
                return new Found(found, Instant.now());
            } finally {
                atOnce.decrementAndGet();
            }
        }
    }
}
