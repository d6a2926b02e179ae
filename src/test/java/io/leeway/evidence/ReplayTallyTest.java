package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.evidence.ReplayResult.NotReplayed;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Activity;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.testing.ProposalBodies;
import io.leeway.testing.RandomTables;
import io.leeway.testing.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What recorded decisions come to under another version, against a plain loop; and what cannot be told. */
class ReplayTallyTest {
    private static final long SEED = 51_000;
    private static final int WORLDS = Boolean.getBoolean("leeway.test.full") ? 400 : 40;
    private static final int DECISIONS = 250;
    private static final int VERSIONS = 3;
    private static final UUID STOP = UUID.fromString("01990000-0000-7000-8000-000000000001");

    @Test
    void aPlainLoopSaysTheSame() {
        long changed = 0;
        long loosened = 0;
        long manyRules = 0;
        for (int i = 0; i < WORLDS; i++) {
            String seed = "seed " + (SEED + i);
            Random random = new Random(SEED + i);
            PolicyTables first = new RandomTables(SEED + i).tables(14);
            List<PolicyTables> versions = new ArrayList<>(List.of(first));
            while (versions.size() < VERSIONS) {
                versions.add(changed(first, random));
            }
            PolicyTables candidate = changed(first, random);
            List<CompiledPolicy> compiled =
                    versions.stream().map(ReplayTallyTest::compiled).toList();
            ReplayTally tally = new ReplayTally(compiled(candidate));
            NaiveReplay naive = new NaiveReplay(candidate);
            RandomTables proposals = new RandomTables(~SEED - i);
            for (int n = 0; n < DECISIONS; n++) {
                DecisionEntry decision = decided(n, proposals.proposal(), random, compiled.get(n % VERSIONS));
                tally.add(decision);
                naive.add(decision, versions.get(n % VERSIONS));
            }
            naive.finish();
            ReplayResult result = tally.result(0, DECISIONS, DECISIONS);
            assertThat(result.notReplayed()).as(seed).isEmpty();
            assertThat(result.decisions()).isEqualTo(DECISIONS);
            assertThat(matrix(result)).as(seed).isEqualTo(naive.matrix);
            assertThat(result.newlyAutonomous()).as(seed).isEqualTo(naive.newlyAutonomous);
            assertThat(changes(result)).as(seed).isEqualTo(naive.changes);
            changed += result.changed();
            loosened += result.loosened().size();
            manyRules += Stream.concat(result.loosened().stream(), result.tightened().stream())
                    .filter(change -> change.rules().size() > 1)
                    .count();
        }
        assertThat(changed).as("decisions that change").isGreaterThan(WORLDS * 10L);
        assertThat(loosened).as("ways of getting more leeway").isGreaterThan(WORLDS / 2);
        assertThat(manyRules).as("causes of several rules").isGreaterThan(WORLDS / 5);
    }

    @Test
    void underItsOwnVersionNothingChanges() {
        CompiledPolicy policy = compiled(new RandomTables(SEED).tables(14));
        ReplayTally tally = new ReplayTally(policy);
        RandomTables proposals = new RandomTables(~SEED);
        Random random = new Random(SEED);
        for (int n = 0; n < DECISIONS; n++) {
            tally.add(decided(n, proposals.proposal(), random, policy));
        }
        ReplayResult result = tally.result(0, DECISIONS, DECISIONS);
        assertThat(result.changed()).isZero();
        assertThat(result.loosened()).isEmpty();
        assertThat(result.tightened()).isEmpty();
        assertThat(matrix(result).values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(DECISIONS);
    }

    @Test
    void largestGroupsComeFirstAndSamplesAreTheFirstThatWereTaken() {
        PolicyTables nothing = new PolicyTables(List.of(), Map.of(), Map.of());
        RandomTables tables = new RandomTables(SEED);
        ReplayTally tally = new ReplayTally(compiled(nothing));
        CompiledPolicy own = compiled(tables.tables(14));
        Random random = new Random(SEED);
        Map<UUID, Integer> order = new TreeMap<>();
        for (int n = 0; n < 1_000; n++) {
            DecisionEntry decision = decided(n, tables.proposal(), random, own);
            order.put(decision.id(), n);
            tally.add(decision);
        }
        List<Change> tightened = tally.result(0, 1_000, 1_000).tightened();
        assertThat(tightened)
                .hasSizeGreaterThan(1)
                .isSortedAccordingTo((one, other) -> Long.compare(other.decisions(), one.decisions()));
        assertThat(tightened).allSatisfy(change -> {
            assertThat(change.samples())
                    .hasSizeBetween(1, 5)
                    .isSortedAccordingTo((one, other) -> Integer.compare(order.get(one), order.get(other)));
            assertThat(change.agents().first()).hasSizeBetween(1, 5).doesNotHaveDuplicates();
            assertThat(change.agents().exact()).isTrue();
        });
    }

    @Test
    void moreCausesAndAgentsThanAreToldApartAreStillCounted() {
        int number = ChangeGroups.MOST_GROUPS + 50;
        List<Row> rows = new ArrayList<>();
        Row model = new RandomTables(SEED).tables(1).rows().get(0);
        for (int i = 0; i < number; i++) {
            rows.add(grant(model, i));
        }
        CompiledPolicy own = compiled(new PolicyTables(rows, Map.of(), Map.of()));
        ReplayTally tally = new ReplayTally(compiled(new PolicyTables(List.of(), Map.of(), Map.of())));
        int agents = DecisionCount.AgentNumbers.MOST + 10;
        for (int i = 0; i < agents; i++) {
            byte[] body = """
                    {"action":{"id":"a%d","type":"type-%d"},"agent":{"id":"agent-%d"},"subject":{"type":"s","id":"1"}}""".formatted(i, i % number, i).getBytes(StandardCharsets.UTF_8);
            tally.add(DecidedProposals.entry(
                    i,
                    body,
                    new RecordedFacts(null, RandomTables.NOW, Stage.FULL, 0, 0, Activity.NONE, List.of()),
                    own));
        }
        List<Change> tightened = tally.result(0, agents, agents).tightened();
        assertThat(tightened).hasSize(ChangeGroups.MOST_GROUPS + 1);
        assertThat(tightened.stream().mapToLong(Change::decisions).sum()).isEqualTo(agents);
        Change rest = tightened.get(ChangeGroups.MOST_GROUPS);
        assertThat(rest.rules()).isEmpty();
        assertThat(rest.from()).isNull();
        assertThat(rest.decisions()).isGreaterThan(50);
        assertThat(tightened.stream().filter(change -> !change.agents().exact()))
                .isNotEmpty();
    }

    static Stream<Arguments> obstacles() {
        UnaryOperator<StoredEntry> same = entry -> entry;
        return Stream.of(
                Arguments.of(
                        "facts that were erased",
                        NotReplayed.ERASED,
                        true,
                        (UnaryOperator<StoredEntry>)
                                it -> new StoredEntry(it.position(), it.kind(), it.header(), null, null, null),
                        "plain"),
                Arguments.of("no version", NotReplayed.NO_POLICY, false, same, "plain"),
                Arguments.of(
                        "a deadline that was missed", NotReplayed.NOT_EVALUATED, true, header("DEADLINE"), "plain"),
                Arguments.of("rules that failed", NotReplayed.NOT_EVALUATED, true, header("EVALUATION_ERROR"), "plain"),
                Arguments.of(
                        "facts that are damaged",
                        NotReplayed.UNREADABLE,
                        true,
                        (UnaryOperator<StoredEntry>) it -> new StoredEntry(
                                it.position(),
                                it.kind(),
                                it.header(),
                                it.salt(),
                                "{}".getBytes(StandardCharsets.UTF_8),
                                it.result()),
                        "plain"),
                Arguments.of(
                        "a result that is damaged",
                        NotReplayed.UNREADABLE,
                        true,
                        (UnaryOperator<StoredEntry>) it -> new StoredEntry(
                                it.position(),
                                it.kind(),
                                it.header(),
                                it.salt(),
                                it.facts(),
                                "{".getBytes(StandardCharsets.UTF_8)),
                        "plain"),
                Arguments.of("an action that is declared otherwise", NotReplayed.REFUSED, true, same, "declaring"),
                Arguments.of("rules that fail now", NotReplayed.EVALUATION_FAILED, true, same, "failing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("obstacles")
    void whatCannotBeReplayedIsCountedByReason(
            String name, NotReplayed reason, boolean decided, UnaryOperator<StoredEntry> damage, String candidate) {
        Row model = new RandomTables(SEED).tables(1).rows().get(0);
        CompiledPolicy own = compiled(new PolicyTables(List.of(grant(model, 1)), Map.of(), Map.of()));
        byte[] body = """
                {"action":{"id":"a","type":"type-1","amount":{"value":"5.00","currency":"USD"}},"agent":{"id":"bot"},
                 "subject":{"type":"s","id":"1"}}""".getBytes(StandardCharsets.UTF_8);
        DecisionEntry decision = DecidedProposals.entry(
                7,
                body,
                new RecordedFacts(null, RandomTables.NOW, Stage.FULL, 0, 0, Activity.NONE, List.of()),
                decided ? own : null);
        ReplayTally tally = new ReplayTally(candidate(candidate, model));
        tally.add(DecisionEntry.of(damage.apply(decision.entry())));
        ReplayResult result = tally.result(0, 8, 1);
        assertThat(result.notReplayed()).isEqualTo(Map.of(reason, 1L));
        assertThat(result.decisions()).isOne();
        assertThat(matrix(result)).isEmpty();
        assertThat(result.changed()).isZero();
        assertThat(reason.words()).isNotBlank();
    }

    private static CompiledPolicy candidate(String kind, Row model) {
        return switch (kind) {
            case "declaring" -> {
                ActionType type = new ActionType("type-1", "", AmountRule.FORBIDDEN, Map.of(), Map.of());
                yield compiled(new PolicyTables(List.of(), Map.of(), Map.of("type-1", type)));
            }
            case "failing" -> {
                Condition broken = new Condition(
                        RandomTables.text("action.summary", it -> {
                            throw new IllegalStateException("broken on purpose");
                        }),
                        Operator.EQUAL,
                        "x",
                        "B6");
                yield compiled(new PolicyTables(
                        List.of(Rows.changed(model, model.table(), List.of(broken), model.outcome())),
                        Map.of(),
                        Map.of()));
            }
            default -> compiled(new PolicyTables(List.of(), Map.of(), Map.of()));
        };
    }

    private static UnaryOperator<StoredEntry> header(String code) {
        return it -> {
            String header = new String(it.header(), StandardCharsets.UTF_8)
                    .replaceAll("\"reasonCodes\":\\[[^]]*]", "\"reasonCodes\":[\"" + code + "\"]");
            return new StoredEntry(
                    it.position(),
                    it.kind(),
                    header.getBytes(StandardCharsets.UTF_8),
                    it.salt(),
                    it.facts(),
                    it.result());
        };
    }

    /** Of the type with that number, autonomous. */
    private static Row grant(Row model, int number) {
        Condition type = new Condition(
                RandomTables.text("action.type", it -> it.action().type()), Operator.EQUAL, "type-" + number, "B6");
        Row.Outcome outcome =
                new Row.Outcome(io.leeway.model.Effect.GRANT, Mode.AUTONOMOUS, "Because.", null, List.of(), null);
        return new Row(
                "G-" + number,
                model.file(),
                null,
                6 + number,
                "A6",
                "00",
                "Remit",
                "owner@example.com",
                "",
                "",
                List.of(type),
                outcome,
                null,
                null);
    }

    private static DecisionEntry decided(int position, Proposal proposal, Random random, CompiledPolicy policy) {
        return DecidedProposals.entry(
                position, ProposalBodies.of(proposal), derived(proposal, random.nextInt(10) == 0), policy);
    }

    private static RecordedFacts derived(Proposal proposal, boolean stopped) {
        return new RecordedFacts(
                proposal,
                proposal.now(),
                proposal.agent().earned(),
                proposal.trace().depth().longValue(),
                proposal.trace().repeats().longValue(),
                Activity.NONE,
                stopped ? List.of(new StopInScope(STOP, StopLevel.HALT, "It loops.")) : List.of());
    }

    /** Some rows left out, some doing what another row of their kind does. */
    private static PolicyTables changed(PolicyTables tables, Random random) {
        List<Row> rows = new ArrayList<>();
        for (Row row : tables.rows()) {
            int what = random.nextInt(10);
            Row other = tables.rows().get(random.nextInt(tables.rows().size()));
            if (what < 7) {
                rows.add(row);
            } else if (what < 9 && other.isAuthority() == row.isAuthority()) {
                rows.add(Rows.changed(row, row.table(), row.conditions(), other.outcome()));
            }
        }
        return new PolicyTables(rows, Map.of(), Map.of());
    }

    private static CompiledPolicy compiled(PolicyTables tables) {
        return Objects.requireNonNull(
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy());
    }

    /** Without zeros. */
    private static Map<String, Long> matrix(ReplayResult result) {
        Map<String, Long> cells = new TreeMap<>();
        result.matrix()
                .forEach((from, row) -> row.forEach((to, number) -> {
                    if (number > 0) {
                        cells.put(from + " " + to, number);
                    }
                }));
        return cells;
    }

    private static Map<String, String> changes(ReplayResult result) {
        Map<String, String> changes = new TreeMap<>();
        Stream.concat(result.loosened().stream(), result.tightened().stream()).forEach(change -> {
            List<String> rules = change.rules().stream()
                    .map(rule -> rule.side() + " " + rule.rule() + " " + rule.effect() + " " + rule.mode())
                    .toList();
            changes.put(
                    change.from().directive() + " " + change.to().directive() + " " + rules,
                    change.decisions() + " " + change.money() + " "
                            + change.agents().count());
        });
        return changes;
    }
}
