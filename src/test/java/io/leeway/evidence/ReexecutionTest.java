package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Activity;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Stage;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.testing.SheetBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions made again: by their own version, which must give the same bytes, and by today's. */
class ReexecutionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final CompiledPolicy THEN = policy(500, "Small ones are the agent's.");
    private static final CompiledPolicy STRICTER = policy(100, "Small ones are the agent's.");
    private static final CompiledPolicy REWORDED = policy(500, "Small ones are left to the agent.");
    private static final byte[] BODY = """
            {"action":{"id":"a","type":"billing.adjust","amount":{"value":"120.00","currency":"USD"},"confidence":0.9},
             "agent":{"id":"bot"},"subject":{"type":"account","id":"A-1"}}""".getBytes(StandardCharsets.UTF_8);

    @Test
    void theSameVersionGivesTheSameBytes() {
        Reexecution again = again(decided(THEN), digest -> THEN, THEN);
        assertThat(again.equal()).isTrue();
        assertThat(again.incomplete()).isEmpty();
        assertThat(again.difference()).isEmpty();
        assertThat(again.policy().digest()).isEqualTo(THEN.digest());
        assertThat(again.policy().version()).isEqualTo("2026-11-22.1");
        assertThat(again.today().same()).isTrue();
        assertThat(again.today().verdict().mode()).isEqualTo(Mode.AUTONOMOUS);
    }

    @Test
    void todaysVersionMaySayOtherwise() {
        Reexecution again = again(decided(THEN), digest -> THEN, STRICTER);
        assertThat(again.equal()).isTrue();
        assertThat(again.today().same()).isFalse();
        assertThat(again.today().policy().digest()).isEqualTo(STRICTER.digest());
        assertThat(again.today().verdict().mode()).isEqualTo(Mode.HUMAN_IN_CONTROL);
        assertThat(again.today().verdict().directive()).isEqualTo(Directive.HAND_OVER);
    }

    @Test
    void otherWordsOfTodayAreTheSameAnswer() {
        Reexecution again = again(decided(THEN), digest -> THEN, REWORDED);
        assertThat(again.today().same()).isTrue();
        assertThat(again.today().verdict().reason()).isEqualTo("Small ones are left to the agent.");
    }

    @Test
    void whatDiffersIsSaidPlaceByPlace() {
        assertThat(again(decided(THEN), digest -> REWORDED, null).difference())
                .filteredOn(it -> !it.pointer().endsWith("/sha256"))
                .containsExactly(new JsonDifference(
                        "/matched/0/because",
                        "\"Small ones are the agent's.\"",
                        "\"Small ones are left to the agent.\""));
        Reexecution other = again(decided(THEN), digest -> STRICTER, null);
        assertThat(other.equal()).isFalse();
        assertThat(other.difference())
                .extracting(JsonDifference::pointer)
                .containsExactly("/directive", "/expiresAt", "/matched/0", "/mode", "/reasonCodes/0");
        assertThat(other.difference().get(0))
                .isEqualTo(new JsonDifference("/directive", "\"PROCEED\"", "\"HAND_OVER\""));
        assertThat(other.difference().get(1).again()).isNull();
    }

    @Test
    void aSingleByteOfTheRecordShows() {
        StoredEntry entry = decided(THEN).entry();
        byte[] tampered = new String(entry.result(), StandardCharsets.UTF_8)
                .replace("\"decisive\":true", "\"decisive\":false")
                .getBytes(StandardCharsets.UTF_8);
        Reexecution again = again(with(entry, entry.facts(), tampered), digest -> THEN, null);
        assertThat(again.equal()).isFalse();
        assertThat(again.difference()).containsExactly(new JsonDifference("/matched/0/decisive", "false", "true"));
        byte[] spelled = (" " + new String(entry.result(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(again(with(entry, entry.facts(), spelled), digest -> THEN, null)
                        .difference())
                .extracting(JsonDifference::pointer)
                .containsExactly("");
    }

    @Test
    void erasedFactsLeaveNothingToTell() {
        StoredEntry entry = decided(THEN).entry();
        Reexecution again = again(with(entry, null, null), digest -> THEN, THEN);
        assertThat(again.equal()).isNull();
        assertThat(again.incomplete()).contains("erased");
        assertThat(again.today()).isNull();
        assertThat(again.policy().digest()).isEqualTo(THEN.digest());
    }

    @Test
    void aVersionThatIsNotStoredLeavesTodays() {
        Reexecution again = again(decided(THEN), digest -> null, STRICTER);
        assertThat(again.equal()).isNull();
        assertThat(again.incomplete())
                .contains("2026-11-22.1")
                .contains(THEN.digest())
                .contains("not stored");
        assertThat(again.today().same()).isFalse();
    }

    @Test
    void withoutAPolicyThereIsStillAnAnswerToRepeat() {
        Reexecution again = again(
                decided(null),
                digest -> {
                    throw new AssertionError("there is none to ask for");
                },
                THEN);
        assertThat(again.policy()).isNull();
        assertThat(again.equal()).isTrue();
        assertThat(again.today().same()).isFalse();
        assertThat(again.today().verdict().mode()).isEqualTo(Mode.AUTONOMOUS);
    }

    @Test
    void withoutAPolicyTodayAPersonDoesIt() {
        Reexecution again = again(decided(THEN), digest -> THEN, null);
        assertThat(again.today().policy()).isNull();
        assertThat(again.today().verdict().mode()).isEqualTo(Mode.HUMAN_IN_CONTROL);
        assertThat(again.today().same()).isFalse();
    }

    @Test
    void rulesThatFailedThenAreNotComparedWith() {
        for (String code : List.of("EVALUATION_ERROR", "DEADLINE")) {
            StoredEntry entry = decided(THEN).entry();
            String header =
                    new String(entry.header(), StandardCharsets.UTF_8).replace("[\"AUTHORITY\"]", "[\"" + code + "\"]");
            Reexecution again = again(
                    DecisionEntry.of(new StoredEntry(
                            entry.position(),
                            entry.kind(),
                            header.getBytes(StandardCharsets.UTF_8),
                            entry.salt(),
                            entry.facts(),
                            entry.result())),
                    digest -> THEN,
                    THEN);
            assertThat(again.equal()).as(code).isNull();
            assertThat(again.incomplete()).as(code).contains("could not be evaluated then");
            assertThat(again.today()).as(code).isNotNull();
        }
    }

    @Test
    void whatTodayWouldRefuseIsSaidInWords() {
        List<String> actions = List.of(
                "Actions",
                "Type | Meaning | Amount | Required evidence | Attributes",
                "billing.adjust | Adjusts | forbidden | |");
        CompiledPolicy declaring = load(List.of(
                sheet(500, "Small."), SheetBuilder.of("Actions", actions).csv("actions.csv")));
        Reexecution again = again(decided(THEN), digest -> THEN, declaring);
        assertThat(again.equal()).isTrue();
        assertThat(again.today().verdict()).isNull();
        assertThat(again.today().same()).isFalse();
        assertThat(again.today().refusal()).contains("refused today").contains("takes no amount");
    }

    private static Reexecution again(
            DecisionEntry decision,
            Function<String, @Nullable CompiledPolicy> versions,
            @Nullable CompiledPolicy today) {
        return Reexecution.of(decision, versions, today);
    }

    private static DecisionEntry decided(@Nullable CompiledPolicy policy) {
        return DecidedProposals.entry(
                4711, BODY, new RecordedFacts(null, NOW, Stage.FULL, 0, 0, Activity.NONE, List.of()), policy);
    }

    private static DecisionEntry with(StoredEntry entry, byte @Nullable [] facts, byte @Nullable [] result) {
        return DecisionEntry.of(new StoredEntry(
                entry.position(), entry.kind(), entry.header(), facts == null ? null : entry.salt(), facts, result));
    }

    private static CompiledPolicy policy(int limit, String because) {
        return load(List.of(sheet(limit, because)));
    }

    private static PolicyFile sheet(int limit, String because) {
        return SheetBuilder.policy("Limits", "billing@example.com")
                .table("Remit")
                .name()
                .condition("Action", "action.type == \"$param\"")
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount up to", "action.amount <= $param")
                .grant()
                .because()
                .row("REM-01", "billing.adjust", "USD", limit, "Autonomous", because)
                .csv("billing.csv");
    }

    private static CompiledPolicy load(List<PolicyFile> files) {
        PolicyLoader.Loaded loaded = PolicyLoader.load("2026-11-22.1", files, LocalDate.of(2026, 11, 22));
        return Objects.requireNonNull(loaded.policy(), () -> loaded.findings().toString());
    }
}
