package io.leeway.policy.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.counterfactual.Counterfactual.Change;
import io.leeway.policy.proof.Trial;
import io.leeway.testing.RandomTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is found on random decisions, against trying every set of at most two fields with every value. */
class CounterfactualsTest {
    private static final long SEED = 20_261_122;
    private static final int DECISIONS = Boolean.getBoolean("leeway.test.full") ? 5_000 : 400;
    private static final int ROWS = 8;

    @Test
    void everyChangeGivesThePromisedModeAndNoSmallerSetOfFieldsDoes() {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int i = 0; i < DECISIONS; i++) {
            RandomTables random = new RandomTables(SEED + i);
            PolicyTables tables = random.tables(ROWS);
            CompiledPolicy policy = PolicyCompiler.compile("test", "sha256:00", tables, List.of())
                    .policy();
            assertThat(policy).isNotNull();
            Proposal proposal = AllChanges.withoutSchemas(random.proposal());
            Counterfactuals counterfactuals =
                    Counterfactuals.of(policy, proposal, new Budget(Budget.STEPS, Duration.ofMinutes(5)));
            assertThat(counterfactuals.complete()).isTrue();
            List<Counterfactual> found = counterfactuals.changes();
            AllChanges all = new AllChanges(tables, proposal);
            for (Counterfactual one : found) {
                String description = "seed " + (SEED + i) + ": " + one.sentence();
                assertThat(Trial.of(policy, one.proposal()).mode())
                        .as(description)
                        .isEqualTo(one.mode());
                assertThat(AllChanges.mode(tables, one.proposal()))
                        .as(description)
                        .isEqualTo(one.mode());
                assertThat(all.differing(one.proposal())).as(description).isEqualTo(fields(one));
                assertThat(all.bestWithin(fields(one))).as(description).isGreaterThan(one.mode());
                sizes.merge(one.changes().size(), 1, Integer::sum);
            }
            assertComplete(SEED + i, found, all, AllChanges.mode(tables, proposal));
        }
        assertThat(sizes.keySet())
                .as("the decisions must need one, two and three fields")
                .contains(1, 2, 3);
    }

    /** Whatever some set of at most two fields can reach is found, by that set or a part of it. */
    private static void assertComplete(long seed, List<Counterfactual> found, AllChanges all, Mode current) {
        all.best().forEach((fields, mode) -> {
            if (mode.compareTo(current) < 0) {
                assertThat(found)
                        .as("seed " + seed + ": " + fields + " give " + mode)
                        .anyMatch(one ->
                                fields.containsAll(fields(one)) && one.mode().compareTo(mode) <= 0);
            }
        });
    }

    private static Set<String> fields(Counterfactual one) {
        return one.changes().stream().map(Change::field).collect(Collectors.toSet());
    }
}
