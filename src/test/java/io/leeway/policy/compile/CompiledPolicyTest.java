package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.testing.RandomTables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a compiled policy promises beyond matching: threads, moments, edges of the indexes. */
class CompiledPolicyTest {
    private static final Instant NOW = RandomTables.NOW;
    private static final Path TYPE =
            RandomTables.text("action.type", proposal -> proposal.action().type());
    private static final Path AMOUNT =
            RandomTables.number("action.amount", proposal -> proposal.action().amount());
    private static final Path REVERSIBLE =
            RandomTables.flag("action.reversible", proposal -> proposal.action().reversible());
    private static final Path OLDEST = RandomTables.number(
            "evidence.oldestSeconds", proposal -> proposal.evidence().oldestSeconds());

    @Test
    void severalThreadsOnOnePolicyAgreeWithThePlainLoop() throws Exception {
        RandomTables random = new RandomTables(7);
        PolicyTables tables = random.tables(200);
        CompiledPolicy policy = TableOracleTest.compile(tables);
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            proposals.add(random.proposal());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int offset = i * 61;
                runs.add(threads.submit(() -> {
                    int wrong = 0;
                    for (int j = 0; j < proposals.size(); j++) {
                        Proposal proposal = proposals.get((j + offset) % proposals.size());
                        List<Row> actual =
                                TableOracleTest.evaluate(policy, proposal).rows();
                        wrong += actual.equals(NaiveRows.matching(tables.rows(), proposal)) ? 0 : 1;
                    }
                    return wrong;
                }));
            }
            for (Future<Integer> run : runs) {
                assertThat(run.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void limitsThatDifferOnlyInScaleAreOneLimitToEveryIndex() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            BigDecimal limit = new BigDecimal(i / 2 * 100).setScale(i % 3);
            rows.add(row("L-" + i, List.of(new Condition(AMOUNT, Operator.AT_MOST, limit, "C6"))));
            rows.add(row("E-" + i, List.of(new Condition(AMOUNT, Operator.EQUAL, limit, "C6"))));
        }
        CompiledPolicy policy = TableOracleTest.compile(new PolicyTables(rows, Map.of(), Map.of()));
        for (String amount : List.of("0", "500", "500.0", "500.000000", "1900", "1900.01")) {
            Proposal proposal = proposal(new BigDecimal(amount), List.of());
            assertThat(TableOracleTest.evaluate(policy, proposal).rows())
                    .as(amount)
                    .isEqualTo(NaiveRows.matching(rows, proposal));
        }
    }

    @Test
    void listsOfAnyLengthMatchOnce() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int length : List.of(1, 2, 64, 65, 300)) {
            List<String> texts = new ArrayList<>(List.of("refund", "refund"));
            for (int i = 1; i < length; i++) {
                texts.add("type-" + i);
            }
            rows.add(row("R#" + length, List.of(new Condition(TYPE, Operator.IN, texts, "B6"))));
        }
        rows.add(row("R", List.of(new Condition(TYPE, Operator.IN, List.of("other", "more"), "B6"))));
        CompiledPolicy policy = TableOracleTest.compile(new PolicyTables(rows, Map.of(), Map.of()));
        assertThat(TableOracleTest.evaluate(policy, proposal(null, List.of())).rows())
                .isEqualTo(rows.subList(0, 5));
    }

    @Test
    void absentNumbersAndFlagsMatchNothingWhateverTheIndex() throws Exception {
        List<Row> rows = new ArrayList<>();
        Operator[] orders = {Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST, Operator.EQUAL};
        for (int i = 0; i < 100; i++) {
            Condition amount = new Condition(AMOUNT, orders[i % 5], BigDecimal.valueOf(i - 50), "C6");
            rows.add(row("A-" + i, List.of(amount)));
            rows.add(row("F-" + i, List.of(new Condition(REVERSIBLE, Operator.EQUAL, i % 2 == 0, "D6"))));
        }
        CompiledPolicy policy = TableOracleTest.compile(new PolicyTables(rows, Map.of(), Map.of()));
        assertThat(TableOracleTest.evaluate(policy, proposal(null, List.of())).rows())
                .isEmpty();
    }

    @Test
    void evidenceTurnsStaleAtTheFirstLimitOfARowWhoseOtherConditionsHold() {
        Instant observed = NOW.minus(Duration.ofMinutes(10));
        Condition quarter = new Condition(stale("charge", "PT15M"), Operator.EQUAL, true, "D6");
        Condition hour = new Condition(stale("charge", "PT1H"), Operator.EQUAL, true, "D6");
        Condition refund = new Condition(TYPE, Operator.EQUAL, "refund", "B6");
        Condition other = new Condition(TYPE, Operator.IN, List.of("other", "more"), "B6");
        Condition old = new Condition(OLDEST, Operator.GREATER, BigDecimal.valueOf(1_200), "E6");
        Proposal proposal = proposal(null, List.of(evidence("charge", observed)));
        Instant late = NOW.plus(Duration.ofDays(1));

        assertThat(turns(List.of(refund, hour), proposal, late)).isEqualTo(observed.plus(Duration.ofHours(1)));
        assertThat(turns(List.of(quarter), proposal, late)).isEqualTo(observed.plus(Duration.ofMinutes(15)));
        assertThat(turns(List.of(hour, quarter), proposal, late)).isEqualTo(observed.plus(Duration.ofMinutes(15)));
        assertThat(turns(List.of(other, quarter), proposal, late)).isNull();
        assertThat(turns(List.of(old), proposal, late)).isEqualTo(observed.plusSeconds(1_200));
        assertThat(turns(List.of(quarter), proposal, NOW.plusSeconds(299))).isNull();
        assertThat(turns(List.of(quarter), proposal, NOW.plusSeconds(300))).isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void aConditionThatHoldsThroughFreshEvidenceStopsHolding() {
        Instant observed = NOW.minus(Duration.ofMinutes(10));
        Instant quarter = observed.plus(Duration.ofMinutes(15));
        Proposal proposal = proposal(null, List.of(evidence("charge", observed)));
        Instant late = NOW.plus(Duration.ofDays(1));
        Condition fresh = new Condition(stale("charge", "PT15M"), Operator.EQUAL, false, "D6");
        Condition hour = new Condition(stale("charge", "PT1H"), Operator.EQUAL, false, "D6");
        Condition refund = new Condition(TYPE, Operator.EQUAL, "refund", "B6");
        Condition other = new Condition(TYPE, Operator.EQUAL, "other", "B6");

        assertThat(turns(List.of(refund, fresh), proposal, late)).isEqualTo(quarter);
        assertThat(turns(List.of(hour, fresh), proposal, late)).isEqualTo(quarter);
        assertThat(turns(List.of(other, fresh), proposal, late)).isNull();
        assertThat(turns(List.of(fresh), proposal, NOW.plusSeconds(299))).isNull();
        for (Operator operator : List.of(Operator.AT_MOST, Operator.LESS, Operator.AT_LEAST, Operator.GREATER)) {
            Condition oldest = new Condition(OLDEST, operator, BigDecimal.valueOf(900), "E6");
            assertThat(turns(List.of(oldest), proposal, late))
                    .as(operator.name())
                    .isEqualTo(quarter);
        }
    }

    /** A second from the future is fresh by tolerance, an hour is stale until the clock is near. */
    @Test
    void evidenceDatedAheadTurnsWhenTheClockIsNear() {
        Condition fresh = new Condition(stale("charge", "PT15M"), Operator.EQUAL, false, "D6");
        Instant late = NOW.plus(Duration.ofDays(1));
        assertThat(turns(List.of(fresh), proposal(null, List.of(evidence("charge", NOW.plusSeconds(3_600)))), late))
                .isEqualTo(NOW.plusSeconds(3_598));
        assertThat(turns(List.of(fresh), proposal(null, List.of(evidence("charge", NOW.plusSeconds(1)))), late))
                .isEqualTo(NOW.plusSeconds(901));
    }

    @Test
    void evidenceThatIsStaleAlreadyTurnsNoMore() {
        Condition quarter = new Condition(stale("charge", "PT15M"), Operator.EQUAL, true, "D6");
        Instant late = NOW.plus(Duration.ofDays(1));
        assertThat(turns(List.of(quarter), proposal(null, List.of()), late)).isNull();
        assertThat(turns(List.of(quarter), proposal(null, List.of(evidence("charge", NOW.minusSeconds(901)))), late))
                .isNull();
        assertThat(turns(List.of(quarter), proposal(null, List.of(evidence("charge", NOW.minusSeconds(900)))), late))
                .isEqualTo(NOW);
    }

    @Test
    void pathTextsNameEveryPathOnce() {
        Condition amount = new Condition(AMOUNT, Operator.LESS, BigDecimal.ONE, "C6");
        Condition type = new Condition(TYPE, Operator.EQUAL, "refund", "B6");
        PolicyTables tables =
                new PolicyTables(List.of(row("A", List.of(amount, type)), row("B", List.of(type))), Map.of(), Map.of());
        assertThat(TableOracleTest.compile(tables).pathTexts())
                .containsExactlyInAnyOrder("action.amount", "action.type");
    }

    @Test
    void warmingUpChangesNothing() throws Exception {
        CompiledPolicy policy = TableOracleTest.compile(new RandomTables(3).tables(50));
        Proposal proposal = new RandomTables(4).proposal();
        List<Row> before = TableOracleTest.evaluate(policy, proposal).rows();
        policy.warmUp();
        assertThat(TableOracleTest.evaluate(policy, proposal).rows()).isEqualTo(before);
    }

    private static @Nullable Instant turns(List<Condition> conditions, Proposal proposal, Instant until) {
        PolicyTables tables = new PolicyTables(List.of(row("R", conditions)), Map.of(), Map.of());
        return TableOracleTest.compile(tables)
                .evidenceTurnsStale(proposal, until)
                .orElse(null);
    }

    private static Path stale(String name, String limit) {
        return new Path(
                "evidence.staleAfter(\"" + name + "\", \"" + limit + "\")",
                PathType.FLAG,
                proposal -> proposal.evidence().staleAfter(name, limit),
                new Path.EvidenceAge(name, limit));
    }

    private static Evidence evidence(String name, Instant observed) {
        return new Evidence(name, "", observed, "", List.of(), "");
    }

    private static Row row(String id, List<Condition> conditions) {
        Row.Outcome outcome = new Row.Outcome(Effect.REQUIRE, Mode.HUMAN_IN_THE_LOOP, "because", null, List.of(), null);
        return new Row(id, "t.csv", null, 6, "A6:D6", "00", "T", "o", "", "", conditions, outcome, null, null);
    }

    private static Proposal proposal(@Nullable BigDecimal amount, List<Evidence> evidence) {
        Money money = amount == null ? null : new Money(amount, "USD");
        Action action = new Action("x", "refund", "", money, null, null, Attributes.NONE, "");
        Agent agent = new Agent("a", "", "", Stage.FULL);
        return new Proposal(action, agent, new Subject("", ""), EvidenceSet.asSent(evidence), Trace.NONE)
                .at(NOW, Stage.FULL, Map.of(), 0, 0);
    }
}
