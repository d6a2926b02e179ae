package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.ledger.LedgerFixture;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import io.leeway.security.KeyEnforcement.Mode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger and each replica know of enforcement; what HTTP makes of it is in {@code ObserveIT}. */
class KeyEnforcementsIT {
    private static final Actor ADMIN = new Actor(Actor.LEEWAY, "root");
    private static final Actor ALICE = new Actor(Actor.LEEWAY, "alice");
    private static final Actor BOB = new Actor(Actor.LEEWAY, "bob");

    private LedgerFixture fixture;
    private ApiKeys keys;
    private KeyEnforcements enforcements;
    private String key;
    private Instant until;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        keys = new ApiKeys(fixture.ledger(), new ApiKeyRows());
        enforcements = fixture.follow(replica(fixture));
        key = fixture.in(tx ->
                        keys.create(tx, ADMIN, NewKey.of("platform", List.of("agent"), List.of(), List.of(), "P30D")))
                .key()
                .id();
        until = fixture.in(tx -> tx.now()).plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.MICROS);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    private static KeyEnforcements replica(LedgerFixture fixture) {
        return new KeyEnforcements(fixture.ledger(), new ApiKeyRows(), new KeyEnforcementRows());
    }

    @Test
    void aKeyIsObservedFromTheSecondWordToTheEndAndNoLonger() throws SQLException {
        assertThat(observedBy(Instant.EPOCH)).isNull();
        assertThat(set(ALICE, Mode.OBSERVE, until).complete()).isFalse();
        assertThat(observedBy(Instant.EPOCH)).as("one word is not enough").isNull();
        EnforcementChange agreed = set(BOB, Mode.OBSERVE, until);
        assertThat(agreed.complete()).isTrue();
        assertThat(observedBy(until.minusNanos(1000))).isEqualTo(2);
        assertThat(agreed.enforcement().modeAt(until.minusNanos(1000))).isEqualTo(Mode.OBSERVE);
        assertThat(observedBy(until)).as("the end is exclusive").isNull();
        assertThat(agreed.enforcement().modeAt(until)).isEqualTo(Mode.ENFORCE);
        assertThat(agreed.enforcement().consents())
                .extracting(KeyEnforcement.Consent::by)
                .containsExactly("alice", "bob");
    }

    @Test
    void theSecondWordCountsForTheNextPieceOfWorkOfTheSameTransaction() throws SQLException {
        set(ALICE, Mode.OBSERVE, until);
        fixture.in(tx -> {
            enforcements.set(tx, BOB, key, Mode.OBSERVE, until, "agreed");
            fixture.catchUp(tx);
            assertThat(enforcements.observedBy(key, tx.now())).isEqualTo(2);
            enforcements.set(tx, ALICE, key, Mode.ENFORCE, null, "no");
            fixture.catchUp(tx);
            assertThat(enforcements.observedBy(key, tx.now())).isNull();
            return null;
        });
    }

    @Test
    void anotherReplicaKnowsItAtItsPosition() throws SQLException {
        try (LedgerFixture other = fixture.another()) {
            KeyEnforcements there = other.follow(replica(other));
            set(ALICE, Mode.OBSERVE, until);
            assertThat(at(other, there)).isNull();
            set(BOB, Mode.OBSERVE, until);
            assertThat(at(other, there)).isEqualTo(2);
            set(BOB, Mode.ENFORCE, null);
            assertThat(at(other, there)).isNull();
        }
    }

    @Test
    void whatWasRolledBackIsForgotten() throws SQLException {
        set(ALICE, Mode.OBSERVE, until);
        assertThatThrownBy(() -> fixture.in(tx -> {
                    enforcements.set(tx, BOB, key, Mode.OBSERVE, until, "agreed");
                    fixture.catchUp(tx);
                    throw new IllegalStateException("the machine is gone");
                }))
                .isInstanceOf(IllegalStateException.class);
        // Another replica does something else in its place, so that the ledger is as long and the epoch as high as they
        // were.
        try (LedgerFixture other = fixture.another()) {
            other.in(tx -> keys.create(tx, ADMIN, NewKey.of("bot", List.of("agent"), List.of(), List.of(), "P1D")));
        }
        assertThat(observedBy(Instant.EPOCH)).isNull();
    }

    @Test
    void aLongerTimeNeedsTwoWordsAgainAndTheFirstOneHoldsMeanwhile() throws SQLException {
        set(ALICE, Mode.OBSERVE, until);
        set(BOB, Mode.OBSERVE, until);
        Instant later = until.plus(Duration.ofDays(7));
        assertThat(set(BOB, Mode.OBSERVE, later).complete()).isFalse();
        assertThat(observedBy(Instant.EPOCH)).isEqualTo(2);
        assertThat(observedBy(until)).isNull();
        set(ALICE, Mode.OBSERVE, later);
        assertThat(observedBy(until)).isEqualTo(4);
    }

    @Test
    void theLedgerAloneTellsWhoAgreedToWhatAndUntilWhen() throws SQLException {
        set(ALICE, Mode.OBSERVE, until);
        set(BOB, Mode.OBSERVE, until);
        set(ALICE, Mode.ENFORCE, null);
        String end = until.toString();
        for (int i = 1; i <= 3; i++) {
            Map<String, Object> header =
                    fixture.ledger().entry(i).orElseThrow().parsedHeader().members();
            assertThat(header).containsEntry("ref", 0L);
            assertThat(header.get("kind"))
                    .isEqualTo(List.of("key.observe-request", "key.observe", "key.enforce")
                            .get(i - 1));
            assertThat(((Map<?, ?>) header.get("actor")).get("subject"))
                    .isEqualTo(List.of("alice", "bob", "alice").get(i - 1));
            if (i < 3) {
                assertThat(Instant.parse((String) header.get("until"))).isEqualTo(Instant.parse(end));
            } else {
                assertThat(header).doesNotContainKey("until");
            }
        }
    }

    @Test
    void enforcingWhatIsEnforcedRecordsNothing() throws SQLException {
        long size = fixture.ledger().head().size();
        assertThat(set(ALICE, Mode.ENFORCE, null).complete()).isTrue();
        assertThat(fixture.ledger().head().size()).isEqualTo(size);
        set(ALICE, Mode.OBSERVE, until);
        set(BOB, Mode.ENFORCE, null);
        assertThat(fixture.ledger().head().size())
                .as("what was asked for is dropped")
                .isEqualTo(size + 2);
        assertThat(set(BOB, Mode.OBSERVE, until).complete()).isFalse();
    }

    @Test
    void aRefusalLeavesEverythingAsItIs() throws SQLException {
        set(ALICE, Mode.OBSERVE, until);
        long size = fixture.ledger().head().size();
        Instant other = until.plusSeconds(1);
        assertThatThrownBy(() -> set(BOB, Mode.OBSERVE, other))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("ANOTHER_REQUEST"));
        assertThatThrownBy(() -> set(new Actor("https://id.example", "alice"), Mode.OBSERVE, until))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("SECOND_PERSON_REQUIRED"));
        assertThat(fixture.ledger().head().size()).isEqualTo(size);
        assertThat(set(BOB, Mode.OBSERVE, until).complete()).isTrue();
    }

    private EnforcementChange set(Actor actor, Mode mode, @Nullable Instant end) throws SQLException {
        return fixture.in(tx -> enforcements.set(tx, actor, key, mode, end, "a reason"));
    }

    private @Nullable Long observedBy(Instant time) throws SQLException {
        return fixture.in(tx -> enforcements.observedBy(key, time));
    }

    private @Nullable Long at(LedgerFixture other, KeyEnforcements there) throws SQLException {
        return other.in(tx -> there.observedBy(key, tx.now()));
    }
}
