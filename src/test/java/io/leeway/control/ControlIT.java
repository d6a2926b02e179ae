package io.leeway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.ledger.JsonReader;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.LedgerTime;
import io.leeway.ledger.StoredEntry;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.model.Subject;
import io.leeway.model.Violation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlIT {
    private static final Actor ALICE = new Actor(Actor.LEEWAY, "alice");
    private static final Actor BOB = new Actor(Actor.LEEWAY, "bob");
    private static final Proposal PROPOSAL = Proposals.of("billing-bot", "billing.adjust", "invoice", "INV-7", "tr-1");

    private LedgerFixture fixture;
    private Stops stops;
    private Stages stages;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        stops = fixture.follow(new Stops(fixture.ledger(), new StopRows()));
        stages = fixture.follow(new Stages(fixture.ledger(), new StageRows()));
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void aStopHoldsFromTheNextPieceOfWorkOn() throws SQLException {
        assertThat(inScope()).isEmpty();
        Stop stop = place("agent", "billing-bot");
        assertThat(inScope()).containsExactly(stop);
        assertThat(stop.state()).isEqualTo(Stop.State.ACTIVE);
        assertThat(stop.placedBy()).isEqualTo("alice");
        assertThat(stop.position()).isZero();
    }

    @Test
    void aStopHoldsForTheNextPieceOfWorkOfTheSameTransaction() throws SQLException {
        fixture.in(tx -> {
            Stop stop = stops.place(tx, ALICE, NewStop.halt(StopScope.of("all", null), "fire"));
            fixture.catchUp(tx);
            assertThat(stops.inScope(PROPOSAL)).containsExactly(stop);
            return null;
        });
    }

    @Test
    void stopsComeOldestFirst() throws SQLException {
        Stop trace = place("trace", "tr-1");
        Stop other = place("agent", "other-bot");
        Stop subject = place("subject", "invoice:INV-7");
        Stop all = place("all", null);
        assertThat(inScope()).containsExactly(trace, subject, all).doesNotContain(other);
    }

    @Test
    void aReleaseTakesTwoPeople() throws SQLException {
        Stop stop = place("action", "billing.*");
        Release first = release(ALICE, stop.id(), "all clear");
        assertThat(first.complete()).isFalse();
        assertThat(first.stop().state()).isEqualTo(Stop.State.RELEASE_REQUESTED);
        assertThat(inScope()).as("it still holds").containsExactly(first.stop());

        assertRefused(() -> release(ALICE, stop.id(), "really"), Refusal.Kind.CONFLICT, "SECOND_PERSON_REQUIRED");
        assertRefused(
                () -> release(new Actor("https://id.example", "alice"), stop.id(), "really"),
                Refusal.Kind.CONFLICT,
                "SECOND_PERSON_REQUIRED");
        assertThat(inScope()).hasSize(1);

        Release second = release(BOB, stop.id(), "agreed");
        assertThat(second.complete()).isTrue();
        assertThat(second.stop().request()).isEqualTo(first.stop().request());
        assertThat(second.stop().release()).satisfies(consent -> {
            assertThat(consent.by()).isEqualTo("bob");
            assertThat(consent.reason()).isEqualTo("agreed");
        });
        assertThat(inScope()).isEmpty();
        assertRefused(() -> release(ALICE, stop.id(), "again"), Refusal.Kind.CONFLICT, "STOP_RELEASED");
        assertRefused(() -> release(BOB, new UUID(1, 2), "x"), Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND");
        assertThat(kinds()).containsExactly("stop", "stop.release-request", "stop.release");
    }

    @Test
    void theEntriesOfAStopSayWhatItHoldsAndAnswerIt() throws SQLException {
        place("all", null);
        Stop stop = place("subject", "invoice:INV-7");
        release(ALICE, stop.id(), "one");
        release(BOB, stop.id(), "two");
        Map<String, String> tags = Map.of(
                Tags.SUBJECT, fixture.ledger().subjectTag(new Subject("invoice", "INV-7")),
                Tags.SUBJECT_ID, fixture.ledger().tag(Tags.SUBJECT_ID, "invoice:INV-7"));
        assertThat(header(0)).doesNotContainKeys("agent", "actionType", "tags", "ref");
        assertThat(header(1)).containsEntry("tags", tags).doesNotContainKey("ref");
        assertThat(header(2)).containsEntry("tags", tags).containsEntry("ref", 1L);
        assertThat(header(3)).containsEntry("tags", tags).containsEntry("ref", 1L);
        assertThat(header(3)).containsEntry("actor", Map.of("issuer", "leeway", "subject", "bob"));
        assertThat(facts(3))
                .containsEntry("id", stop.id().toString())
                .containsEntry("reason", "two")
                .containsEntry("scope", Map.of("kind", "subject", "value", "invoice:INV-7"));
    }

    @Test
    void headersNameAgentActionAndTrace() throws SQLException {
        place("agent", "billing-bot");
        place("action", "billing.*");
        place("trace", "tr-1");
        place("subject", "INV-7");
        assertThat(header(0)).containsEntry("agent", "billing-bot").doesNotContainKeys("actionType", "tags");
        assertThat(header(1)).containsEntry("actionType", "billing.*").doesNotContainKeys("agent", "tags");
        assertThat(header(2))
                .containsEntry("tags", Map.of(Tags.TRACE, fixture.ledger().tag(Tags.TRACE, "tr-1")));
        assertThat(header(3))
                .containsEntry("tags", Map.of(Tags.SUBJECT_ID, fixture.ledger().tag(Tags.SUBJECT_ID, "INV-7")));
    }

    @Test
    void aHeaderSaysHowHardAStopHoldsAndThatADrillDoesNot() throws SQLException {
        Stop halt = place("agent", "billing-bot");
        place(new NewStop(StopScope.of("agent", "billing-bot"), StopLevel.APPROVE_ALL, false, "mild"));
        Stop drill = place(new NewStop(StopScope.of("all", null), StopLevel.HALT, true, "drill"));
        assertThat(header(0)).containsEntry("kind", "stop").doesNotContainKey("mode");
        assertThat(facts(0)).doesNotContainKey("level");
        assertThat(header(1)).containsEntry("kind", "stop").containsEntry("mode", "HUMAN_IN_THE_LOOP");
        assertThat(facts(1)).containsEntry("level", "APPROVE_ALL");
        assertThat(header(2)).containsEntry("kind", "drill");
        assertThat(inScope()).extracting(Stop::level).containsExactly(StopLevel.HALT, StopLevel.APPROVE_ALL);
        assertThat(inScope().get(0)).isEqualTo(halt);
        assertThat(fixture.<List<Stop>>in(tx -> stops.drills(PROPOSAL))).containsExactly(drill);
        assertThat(release(ALICE, drill.id(), "over").complete()).isTrue();
        assertThat(header(3)).containsEntry("kind", "drill.end").containsEntry("ref", 2L);
        assertThat(fixture.<List<Stop>>in(tx -> stops.drills(PROPOSAL))).isEmpty();
    }

    @Test
    void aPartGoesFirstByTwoPeopleWhoNameTheSame() throws SQLException {
        Stop stop = place("all", null);
        StopScope part = StopScope.of("agent", "billing-bot");
        StopScope other = StopScope.of("trace", "tr-1");
        assertThat(releaseFirst(ALICE, stop.id(), part).complete()).isFalse();
        assertThat(releaseFirst(BOB, stop.id(), other).complete()).isFalse();
        assertThat(inScope()).as("nobody agreed to the same").hasSize(1);
        assertRefused(() -> releaseFirst(ALICE, stop.id(), part), Refusal.Kind.CONFLICT, "SECOND_PERSON_REQUIRED");
        Release second = releaseFirst(BOB, stop.id(), part);
        assertThat(second.complete()).isTrue();
        assertThat(second.stop().state()).isEqualTo(Stop.State.ACTIVE);
        assertThat(inScope()).isEmpty();
        Proposal others = Proposals.of("other-bot", "billing.adjust", "invoice", "INV-7", "tr-1");
        assertThat(fixture.<List<Stop>>in(tx -> stops.inScope(others))).containsExactly(second.stop());
        assertRefused(() -> releaseFirst(ALICE, stop.id(), part), Refusal.Kind.CONFLICT, "STOP_NARROWED");
        assertThat(kinds())
                .containsExactly("stop", "stop.narrowing-request", "stop.narrowing-request", "stop.narrowing");
        assertThat(header(3)).containsEntry("ref", 0L).containsEntry("agent", "billing-bot");
        assertThat(facts(3))
                .containsEntry("scope", Map.of("kind", "all", "value", ""))
                .containsEntry("first", Map.of("kind", "agent", "value", "billing-bot"));
    }

    @Test
    void anotherReplicaLetsThePartGoToo() throws SQLException {
        try (LedgerFixture second = fixture.another()) {
            Stops there = second.follow(new Stops(second.ledger(), new StopRows()));
            Stop stop = place("all", null);
            assertThat(second.<List<Stop>>in(tx -> there.inScope(PROPOSAL))).hasSize(1);
            releaseFirst(ALICE, stop.id(), StopScope.of("subject", "INV-7"));
            releaseFirst(BOB, stop.id(), StopScope.of("subject", "INV-7"));
            assertThat(second.<List<Stop>>in(tx -> there.inScope(PROPOSAL))).isEmpty();
            stops.forget();
            assertThat(inScope()).as("loaded anew").isEmpty();
        }
    }

    @Test
    void anotherReplicaSeesStopsAndReleases() throws SQLException {
        try (LedgerFixture second = fixture.another()) {
            Stops there = second.follow(new Stops(second.ledger(), new StopRows()));
            Stop stop = place("all", null);
            assertThat(second.<List<Stop>>in(tx -> there.inScope(PROPOSAL))).containsExactly(stop);
            release(ALICE, stop.id(), "one");
            second.in(tx -> there.release(tx, BOB, stop.id(), "two"));
            assertThat(inScope()).isEmpty();
            assertThat(second.<List<Stop>>in(tx -> there.inScope(PROPOSAL))).isEmpty();
        }
    }

    @Test
    void whatWasRolledBackIsForgotten() throws SQLException {
        Stop kept = place("agent", "billing-bot");
        assertThatThrownBy(() -> fixture.in(tx -> {
                    stops.place(tx, ALICE, NewStop.halt(StopScope.of("all", null), "lost"));
                    stages.set(tx, ALICE, "billing-bot", "*", Stage.FULL, "lost", null, null);
                    fixture.catchUp(tx);
                    assertThat(stops.inScope(PROPOSAL)).hasSize(2);
                    assertThat(stage("billing.adjust", tx.now())).isEqualTo(Stage.FULL);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(inScope()).containsExactly(kept);
        assertThat(stageNow()).isEqualTo(Stage.SUPERVISED);
    }

    @Test
    void anEpochThatAnotherReplicaReusedAfterARollbackIsNotMistakenForOurs() throws SQLException {
        try (LedgerFixture second = fixture.another()) {
            Stops there = new Stops(second.ledger(), new StopRows());
            assertThatThrownBy(() -> fixture.in(tx -> {
                        stops.place(tx, ALICE, NewStop.halt(StopScope.of("agent", "lost"), "lost"));
                        fixture.catchUp(tx);
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            Stop stop = second.in(tx -> there.place(tx, BOB, NewStop.halt(StopScope.of("all", null), "kept")));
            assertThat(inScope()).containsExactly(stop);
        }
    }

    @Test
    void aRestoredBackupIsLoadedAsAWhole() throws SQLException {
        place("agent", "billing-bot");
        place("trace", "tr-1");
        assertThat(inScope()).hasSize(2);
        fixture.sql("delete from stop where realm = ?");
        fixture.sql(
                "update ledger_head set size = 0, frontier = '', control_epoch = control_epoch + 7 where realm = ?");
        assertThat(inScope()).isEmpty();
    }

    @Test
    void reasonsAreRequiredAndPlain() throws SQLException {
        for (String reason : new String[] {"", "  ", "a\u0000b", "line\nbreak", "x".repeat(2001)}) {
            assertRefused(
                    () -> fixture.in(tx -> stops.place(tx, ALICE, NewStop.halt(StopScope.of("all", null), reason))),
                    Refusal.Kind.INVALID,
                    "INVALID_STOP");
        }
        fixture.in(tx -> stops.place(tx, ALICE, NewStop.halt(StopScope.of("all", null), "\ud83d\ude00".repeat(2000))));
        assertThat(kinds()).containsExactly("stop");
    }

    @Test
    void aStageCountsFromTheNextPieceOfWorkOn() throws SQLException {
        assertThat(stageNow()).isEqualTo(Stage.SUPERVISED);
        StageSetting setting = set("billing.*", Stage.LIMITED, null, null);
        assertThat(stageNow()).isEqualTo(Stage.LIMITED);
        assertThat(setting.position()).isZero();
        assertThat(header(0))
                .containsEntry("kind", "stage")
                .containsEntry("agent", "billing-bot")
                .containsEntry("actionType", "billing.*")
                .containsEntry("mode", "AUTONOMOUS");
        assertThat(facts(0))
                .isEqualTo(Map.of(
                        "agent",
                        "billing-bot",
                        "action",
                        "billing.*",
                        "stage",
                        "LIMITED",
                        "reason",
                        "why",
                        "override",
                        true));
        assertThat(setting.isOverride()).isTrue();
        set("billing.*", Stage.SHADOW, null, null);
        assertThat(stageNow()).isEqualTo(Stage.SHADOW);
        assertThat(header(1)).containsEntry("mode", "HUMAN_IN_CONTROL");
        assertThat(fixture.number("select count(*) from stage where realm = ?")).isEqualTo(1);
    }

    @Test
    void aStageEndsByTheClockOfTheLedger() throws SQLException {
        Instant until = fixture.in(tx -> tx.now()).plusSeconds(3600).plusNanos(999);
        StageSetting setting = set("billing.adjust", Stage.FULL, until, null);
        assertThat(setting.until()).isEqualTo(LedgerTime.micros(until));
        assertThat(facts(0)).containsEntry("until", LedgerTime.text(until));
        assertThat(stageNow()).isEqualTo(Stage.FULL);
        fixture.sql("update ledger_head set last_time = last_time + interval '1 hour' where realm = ?");
        assertThat(stage("billing.adjust", until.plusSeconds(1))).isEqualTo(Stage.SUPERVISED);
    }

    @Test
    void aStageIsSetOnlyOverTheOneThatWasSeen() throws SQLException {
        StageSetting seen = set("billing.adjust", Stage.LIMITED, null, null);
        StageSetting next = set("billing.adjust", Stage.FULL, null, seen.position());
        assertRefused(
                () -> set("billing.adjust", Stage.SHADOW, null, seen.position()),
                Refusal.Kind.PRECONDITION,
                "STAGE_CHANGED");
        assertRefused(() -> set("billing.other", Stage.FULL, null, 0L), Refusal.Kind.PRECONDITION, "STAGE_CHANGED");
        assertThat(stageNow()).isEqualTo(Stage.FULL);
        assertThat(next.position()).isEqualTo(1);
    }

    @Test
    void everyFaultOfAStageIsNamedAtOnce() {
        assertThatThrownBy(
                        () -> fixture.in(tx -> stages.set(tx, ALICE, "", "billing*", Stage.FULL, " ", tx.now(), null)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.violations())
                                .extracting(Violation::pointer)
                                .containsExactly("/agent", "/action", "/reason", "/until"));
    }

    @Test
    void aChangeReloadsWhatChangedAndNothingElse() throws SQLException {
        set("billing.adjust", Stage.LIMITED, null, null);
        assertThat(stageNow()).isEqualTo(Stage.LIMITED);
        // Behind the ledger's back, at an old position: only a whole load would see it.
        fixture.sql("update stage set stage = 'FULL' where realm = ?");
        place("agent", "other");
        assertThat(stageNow()).isEqualTo(Stage.LIMITED);
        stages.forget();
        assertThat(stageNow()).isEqualTo(Stage.FULL);
    }

    private Stop place(String kind, @Nullable String value) throws SQLException {
        return fixture.in(tx -> stops.place(tx, ALICE, NewStop.halt(StopScope.of(kind, value), "fire")));
    }

    private Stop place(NewStop asked) throws SQLException {
        return fixture.in(tx -> stops.place(tx, ALICE, asked));
    }

    private Release releaseFirst(Actor actor, UUID id, StopScope part) throws SQLException {
        return fixture.in(tx -> stops.releaseFirst(tx, actor, id, part, "first"));
    }

    private Release release(Actor actor, UUID id, String reason) throws SQLException {
        return fixture.in(tx -> stops.release(tx, actor, id, reason));
    }

    private StageSetting set(String action, Stage stage, @Nullable Instant until, @Nullable Long ifPosition)
            throws SQLException {
        return fixture.in(tx -> stages.set(tx, ALICE, "billing-bot", action, stage, "why", until, ifPosition));
    }

    private List<Stop> inScope() throws SQLException {
        return fixture.in(tx -> stops.inScope(PROPOSAL));
    }

    private Stage stageNow() throws SQLException {
        return fixture.in(tx -> stage("billing.adjust", tx.now()));
    }

    private Stage stage(String action, Instant now) {
        return stages.stageOf("billing-bot", action, now);
    }

    private Map<String, Object> header(long position) throws SQLException {
        return fixture.ledger().entry(position).orElseThrow().parsedHeader().members();
    }

    private Map<String, Object> facts(long position) throws SQLException {
        return JsonReader.object(fixture.ledger().entry(position).orElseThrow().facts())
                .members();
    }

    private List<String> kinds() throws SQLException {
        return fixture.ledger().entries(0, 100).stream().map(StoredEntry::kind).toList();
    }

    private static void assertRefused(ThrowingCallable call, Refusal.Kind kind, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }
}
