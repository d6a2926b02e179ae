package io.leeway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.ledger.JsonReader;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.Violation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageProposalsIT {
    private static final Actor ALICE = new Actor(Actor.LEEWAY, "alice");
    private static final Actor BOB = new Actor(Actor.LEEWAY, "bob");

    private LedgerFixture fixture;
    private Stages stages;
    private StageProposals proposals;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        stages = fixture.follow(new Stages(fixture.ledger(), new StageRows()));
        proposals = new StageProposals(fixture.ledger(), stages);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void aProposalChangesNothingUntilASecondPersonAcceptsIt() throws SQLException {
        StageProposal proposal = propose("billing.*", Stage.LIMITED, null);
        assertThat(proposal.from()).isEqualTo(Stage.SUPERVISED);
        assertThat(proposal.fromPosition()).isEqualTo(-1);
        assertThat(proposal.state()).isEqualTo(StageProposal.State.OPEN);
        assertThat(proposal.expiresAt()).isEqualTo(proposal.proposedAt().plus(StageProposals.LIFE));
        assertThat(stageNow("billing.adjust")).isEqualTo(Stage.SUPERVISED);

        StageProposal accepted = accept(BOB, proposal.id());
        assertThat(accepted.state()).isEqualTo(StageProposal.State.ACCEPTED);
        assertThat(accepted.acceptance()).satisfies(second -> {
            assertThat(second.by()).isEqualTo("bob");
            assertThat(second.position()).isEqualTo(1);
        });
        assertThat(stageNow("billing.adjust")).isEqualTo(Stage.LIMITED);
        assertThat(list()).containsExactly(accepted);
    }

    @Test
    void theEntriesTellBothPeopleFromAnOverrideEvenWithoutTheirFacts() throws SQLException {
        accept(BOB, propose("billing.*", Stage.FULL, null).id());
        set("billing.adjust", Stage.SHADOW);
        assertThat(fixture.ledger().entries(0, 9).stream().map(StoredEntry::kind))
                .containsExactly("stage.proposal", "stage", "stage");
        assertThat(header(0))
                .containsEntry("actor", Map.of("issuer", "leeway", "subject", "alice"))
                .containsEntry("agent", "bot")
                .containsEntry("actionType", "billing.*")
                .containsEntry("mode", "AUTONOMOUS")
                .doesNotContainKey("ref");
        assertThat(header(1))
                .containsEntry("actor", Map.of("issuer", "leeway", "subject", "bob"))
                .containsEntry("mode", "AUTONOMOUS")
                .containsEntry("ref", 0L);
        assertThat(header(2)).containsEntry("mode", "HUMAN_IN_CONTROL").doesNotContainKey("ref");
        assertThat(facts(0)).containsEntry("from", "SUPERVISED").containsKeys("id", "expiresAt", "reason");
        assertThat(facts(1)).containsEntry("proposedBy", "alice").containsEntry("proposal", facts(0).get("id"));
        assertThat(facts(2)).containsEntry("override", true).doesNotContainKey("proposedBy");
    }

    @Test
    void nobodyAcceptsHisOwnWhoeverVouchesForHim() throws SQLException {
        UUID id = propose("*", Stage.FULL, null).id();
        for (Actor own : List.of(ALICE, new Actor("https://id.example", "alice"))) {
            assertRefused(() -> accept(own, id), Refusal.Kind.CONFLICT, "SECOND_PERSON_REQUIRED");
        }
        assertThat(stageNow("x")).isEqualTo(Stage.SUPERVISED);
        assertThat(fixture.ledger().head().size()).as("nothing is recorded").isEqualTo(1);
    }

    @Test
    void aProposalIsAcceptedOnce() throws SQLException {
        UUID id = propose("*", Stage.FULL, null).id();
        accept(BOB, id);
        assertRefused(() -> accept(BOB, id), Refusal.Kind.CONFLICT, "STAGE_PROPOSAL_ACCEPTED");
        assertRefused(() -> accept(BOB, new UUID(1, 2)), Refusal.Kind.NOT_FOUND, "STAGE_PROPOSAL_NOT_FOUND");
    }

    @Test
    void itCannotBeAcceptedOverAStageThatItsProposerDidNotSee() throws SQLException {
        UUID unset = propose("billing.*", Stage.FULL, null).id();
        set("billing.*", Stage.SUPERVISED);
        assertOutdated(unset);
        UUID overSupervised = propose("billing.*", Stage.FULL, null).id();
        set("billing.other", Stage.SHADOW);
        assertThat(accept(BOB, overSupervised).state())
                .as("another pattern was set")
                .isEqualTo(StageProposal.State.ACCEPTED);

        UUID wide = propose("logistics.hold", Stage.LIMITED, null).id();
        set("*", Stage.SHADOW);
        assertOutdated(wide);

        UUID first = propose("payables.*", Stage.LIMITED, null).id();
        UUID second = propose("payables.*", Stage.FULL, null).id();
        accept(BOB, first);
        assertOutdated(second);
    }

    @Test
    void itCannotBeAcceptedOnceTheStageThatItsProposerSawHasEnded() throws SQLException {
        Instant end = now().plus(Duration.ofHours(1));
        fixture.in(tx -> stages.set(tx, ALICE, "bot", "billing.*", Stage.LIMITED, "why", end, null));
        UUID id = propose("billing.*", Stage.FULL, null).id();
        wait(Duration.ofHours(2));
        assertOutdated(id);
    }

    @Test
    void itExpiresByTheClockOfTheLedgerAndNoLaterThanTheStageItself() throws SQLException {
        UUID id = propose("*", Stage.FULL, null).id();
        Instant soon = now().plus(Duration.ofHours(1));
        StageProposal bounded = propose("billing.*", Stage.FULL, soon);
        assertThat(bounded.expiresAt()).isEqualTo(bounded.until());
        wait(Duration.ofHours(2));
        assertRefused(() -> accept(BOB, bounded.id()), Refusal.Kind.CONFLICT, "STAGE_PROPOSAL_EXPIRED");
        assertThat(list())
                .extracting(StageProposal::state)
                .containsExactly(StageProposal.State.EXPIRED, StageProposal.State.OPEN);
        wait(StageProposals.LIFE);
        assertRefused(() -> accept(BOB, id), Refusal.Kind.CONFLICT, "STAGE_PROPOSAL_EXPIRED");
    }

    @Test
    void anAcceptedStageEndsWhenItWasProposedTo() throws SQLException {
        Instant end = now().plus(Duration.ofHours(1));
        accept(BOB, propose("*", Stage.FULL, end).id());
        assertThat(stageNow("billing.adjust")).isEqualTo(Stage.FULL);
        wait(Duration.ofHours(2));
        assertThat(stageNow("billing.adjust")).isEqualTo(Stage.SUPERVISED);
    }

    @Test
    void everyFaultOfAProposalIsNamedAtOnce() {
        assertThatThrownBy(
                        () -> fixture.in(tx -> proposals.propose(tx, ALICE, "", "billing*", Stage.FULL, " ", tx.now())))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.violations())
                                .extracting(Violation::pointer)
                                .containsExactly("/agent", "/action", "/reason", "/until"));
    }

    @Test
    void theyAreListedNewestFirstOfOneAgentOrAll() throws SQLException {
        StageProposal first = propose("a", Stage.FULL, null);
        StageProposal second = propose("b", Stage.FULL, null);
        StageProposal other = fixture.in(tx -> proposals.propose(tx, ALICE, "other", "a", Stage.FULL, "why", null));
        assertThat(list()).containsExactly(other, second, first);
        assertThat(proposals.list("bot", Long.MAX_VALUE, 1)).containsExactly(second);
        assertThat(proposals.list("bot", second.position(), 9)).containsExactly(first);
        assertThat(proposals.list("nobody", Long.MAX_VALUE, 9)).isEmpty();
    }

    private void assertOutdated(UUID id) throws SQLException {
        assertRefused(() -> accept(BOB, id), Refusal.Kind.CONFLICT, "STAGE_PROPOSAL_OUTDATED");
        assertThat(list())
                .filteredOn(proposal -> proposal.id().equals(id))
                .extracting(StageProposal::state)
                .containsExactly(StageProposal.State.OUTDATED);
    }

    private StageProposal propose(String action, Stage stage, @Nullable Instant until) throws SQLException {
        return fixture.in(tx -> proposals.propose(tx, ALICE, "bot", action, stage, "earned", until));
    }

    private StageProposal accept(Actor actor, UUID id) throws SQLException {
        return fixture.in(tx -> proposals.accept(tx, actor, id));
    }

    private void set(String action, Stage stage) throws SQLException {
        fixture.in(tx -> stages.set(tx, BOB, "bot", action, stage, "why", null, null));
    }

    private List<StageProposal> list() throws SQLException {
        return proposals.list(null, Long.MAX_VALUE, 9);
    }

    private Stage stageNow(String action) throws SQLException {
        return fixture.in(tx -> stages.stageOf("bot", action, tx.now()));
    }

    private Instant now() throws SQLException {
        return fixture.in(tx -> tx.now());
    }

    /** As if that time had passed: what was proposed and set moves into the past. */
    private void wait(Duration time) throws SQLException {
        String earlier = " - interval '" + time.toSeconds() + " seconds' where realm = ?";
        fixture.sql("update stage_proposal set expires_at = expires_at" + earlier);
        fixture.sql("update stage set until = until" + earlier);
        stages.forget();
    }

    private Map<String, Object> header(long position) throws SQLException {
        return fixture.ledger().entry(position).orElseThrow().parsedHeader().members();
    }

    private Map<String, Object> facts(long position) throws SQLException {
        return JsonReader.object(fixture.ledger().entry(position).orElseThrow().facts())
                .members();
    }

    private static void assertRefused(ThrowingCallable call, Refusal.Kind kind, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }
}
