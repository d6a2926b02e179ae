package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Activity;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.testing.ProposalBodies;
import io.leeway.testing.RandomTables;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Observed decisions as the ledger holds them: made again, replayed, and told of, against plain loops. */
class ObservedDecisionsTest {
    private static final long SEED = 71_000;
    private static final int WORLDS = Boolean.getBoolean("leeway.test.full") ? 200 : 12;
    private static final int DECISIONS = 250;
    private static final UUID STOP = UUID.fromString("01990000-0000-7000-8000-000000000001");

    /** One decision on the same facts, enforced and observed. */
    private record Twin(DecisionEntry enforced, DecisionEntry observed) {}

    private static List<Twin> decided(int world, CompiledPolicy policy) {
        RandomTables proposals = new RandomTables(~SEED - world);
        Random random = new Random(SEED + world);
        List<Twin> twins = new ArrayList<>();
        for (int n = 0; n < DECISIONS; n++) {
            Proposal proposal = proposals.proposal();
            RecordedFacts derived = derived(proposal, random.nextInt(10) == 0);
            byte[] body = ProposalBodies.of(proposal);
            twins.add(new Twin(
                    DecidedProposals.entry(n, body, derived, policy),
                    DecidedProposals.observed(n, body, derived, policy)));
        }
        return twins;
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

    private static CompiledPolicy policy(int world) {
        PolicyTables tables = new RandomTables(SEED + world).tables(14);
        return Objects.requireNonNull(
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy());
    }

    @Test
    void theRecordHoldsWhatEnforcingWouldHaveAndTheHeaderWhatWasAnswered() {
        int halted = 0;
        for (Twin twin : decided(0, policy(0))) {
            DecisionEntry observed = twin.observed();
            assertThat(observed.entry().result())
                    .isEqualTo(twin.enforced().entry().result());
            assertThat(observed.entry().facts())
                    .isEqualTo(twin.enforced().entry().facts());
            assertThat(observed.isEnforced()).isFalse();
            assertThat(twin.enforced().isEnforced()).isTrue();
            boolean stopped = observed.reasonCodes().contains(ReasonCode.STOP);
            assertThat(observed.directive()).isEqualTo(stopped ? Directive.HALT : Directive.PROCEED);
            assertThat(observed.header().members()).doesNotContainKey("permit").containsEntry("ref", 0L);
            halted += stopped ? 1 : 0;
        }
        assertThat(halted).isBetween(1, DECISIONS / 2);
    }

    @Test
    void eachIsMadeAgainToTheByte() {
        CompiledPolicy policy = policy(1);
        for (Twin twin : decided(1, policy)) {
            Reexecution again = Reexecution.of(twin.observed(), digest -> policy, policy);
            assertThat(again.equal()).isTrue();
            assertThat(Objects.requireNonNull(again.today()).same()).isTrue();
        }
    }

    @Test
    void aReplayTakesThemAsIfTheyHadBeenEnforced() {
        long changed = 0;
        for (int world = 0; world < WORLDS; world++) {
            CompiledPolicy candidate = policy(world + WORLDS);
            ReplayTally ofEnforced = new ReplayTally(candidate);
            ReplayTally ofObserved = new ReplayTally(candidate);
            for (Twin twin : decided(world, policy(world))) {
                ofEnforced.add(twin.enforced());
                ofObserved.add(twin.observed());
            }
            ReplayResult result = ofObserved.result(0, DECISIONS, DECISIONS);
            assertThat(result).isEqualTo(ofEnforced.result(0, DECISIONS, DECISIONS));
            changed += result.changed();
        }
        assertThat(changed).isGreaterThan(WORLDS);
    }

    @Test
    void aRuleStopsExactlyWhatIsNotAutonomous() {
        for (int world = 0; world < WORLDS; world++) {
            for (Twin twin : decided(world, policy(world))) {
                Verdict verdict = Objects.requireNonNull(twin.observed().verdict());
                assertThat(StoppingRules.of(verdict).isEmpty()).isEqualTo(verdict.mode() == Mode.AUTONOMOUS);
            }
        }
    }

    /** What a plain loop keeps of one row. */
    private static final class Naive {
        private final List<DecisionEntry> decisions = new ArrayList<>();
        private int alone;

        String told() {
            Map<String, BigDecimal> money = new TreeMap<>();
            TreeSet<String> agents = new TreeSet<>();
            TreeSet<Instant> times = new TreeSet<>();
            Map<Mode, Long> modes = new TreeMap<>();
            for (DecisionEntry one : decisions) {
                if (one.amount() != null) {
                    money.merge(one.amount().currency(), one.amount().value(), BigDecimal::add);
                }
                agents.add(one.agent());
                times.add(one.time());
                modes.merge(one.mode(), 1L, Long::sum);
            }
            return decisions.size() + " " + alone + " " + modes + " " + money + " " + agents.size() + " "
                    + times.first() + " " + times.last() + " "
                    + decisions.stream().limit(5).map(DecisionEntry::id).toList();
        }
    }

    @Test
    void aPlainLoopTellsOfTheSameRows() {
        int rows = 0;
        for (int world = 0; world < WORLDS; world++) {
            ObservedTally tally = new ObservedTally();
            Map<String, Naive> naive = new TreeMap<>();
            int held = 0;
            int stopped = 0;
            for (Twin twin : decided(world, policy(world))) {
                tally.add(twin.observed());
                Verdict verdict = Objects.requireNonNull(twin.enforced().verdict());
                boolean halted = verdict.reasonCodes().contains(ReasonCode.STOP);
                TreeSet<String> names = halted ? new TreeSet<>() : stopping(verdict);
                held += halted ? 1 : 0;
                stopped += names.isEmpty() ? 0 : 1;
                for (String name : names) {
                    Naive row = naive.computeIfAbsent(name, it -> new Naive());
                    row.decisions.add(twin.observed());
                    row.alone += names.size() == 1 ? 1 : 0;
                }
            }
            ObservedReport report = tally.report();
            Map<String, String> told = new TreeMap<>();
            report.rows()
                    .forEach(row -> told.put(
                            name(Objects.requireNonNull(row.rule())),
                            row.decisions() + " " + row.alone() + " " + row.modes() + " " + row.money() + " "
                                    + row.agents().count() + " " + row.first() + " " + row.last() + " "
                                    + row.samples()));
            Map<String, String> expected = new TreeMap<>();
            naive.forEach((name, row) -> expected.put(name, row.told()));
            assertThat(told).as("world " + world).isEqualTo(expected);
            assertThat(report.decisions()).isEqualTo(DECISIONS);
            assertThat(report.held()).isEqualTo(held);
            assertThat(report.stopped()).isEqualTo(stopped);
            assertThat(report.rows())
                    .isSortedAccordingTo((one, other) -> Long.compare(other.decisions(), one.decisions()));
            rows += told.size();
        }
        assertThat(rows).isGreaterThan(WORLDS * 3);
    }

    /** A rule at a time: put beside a grant of everything, would it leave the agent alone? */
    private static TreeSet<String> stopping(Verdict verdict) {
        TreeSet<String> names = new TreeSet<>();
        List<MatchedRule> grants = verdict.matched().stream()
                .filter(rule -> rule.effect() == Effect.GRANT)
                .toList();
        boolean autonomous = grants.stream().anyMatch(grant -> grant.mode() == Mode.AUTONOMOUS);
        boolean inTheLoop = grants.stream().anyMatch(grant -> grant.mode() == Mode.HUMAN_IN_THE_LOOP);
        for (MatchedRule rule : verdict.matched()) {
            if (rule.effect() != Effect.GRANT) {
                if (rule.mode().stricter(Mode.AUTONOMOUS) != Mode.AUTONOMOUS) {
                    names.add(name(rule));
                }
            } else if (!autonomous && (rule.mode() == Mode.HUMAN_IN_THE_LOOP || !inTheLoop)) {
                names.add(name(rule));
            }
        }
        if (grants.isEmpty()) {
            names.add("NO_AUTHORITY HUMAN_IN_CONTROL");
        }
        return names;
    }

    /** A stage may ask for one mode here and for another there. */
    private static String name(MatchedRule rule) {
        return rule.rule() + " " + rule.mode();
    }

    @Test
    void whatIsNotToldApartIsStillCounted() {
        ObservedTally tally = new ObservedTally();
        int worlds = 60;
        for (int world = 0; world < worlds; world++) {
            for (Twin twin : decided(world, policy(world))) {
                tally.add(twin.observed());
            }
        }
        ObservedReport report = tally.report();
        assertThat(report.decisions()).isEqualTo((long) worlds * DECISIONS);
        assertThat(report.rows().size()).isLessThanOrEqualTo(ObservedTally.MOST_ROWS + 1);
        assertThat(report.rows().get(report.rows().size() - 1).rule() == null)
                .isEqualTo(report.rows().size() > ObservedTally.MOST_ROWS);
    }
}
