package io.leeway.policy.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.testing.RandomTables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A search that is cut short says so, and what it has found by then is what the whole search finds. */
class BudgetTest {
    private static final long SEED = 7;
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatIsFoundBeforeTheEndIsPartOfTheWhole() {
        int shortened = 0;
        int early = 0;
        for (int i = 0; i < 100; i++) {
            RandomTables random = new RandomTables(SEED + i);
            PolicyTables tables = random.tables(8);
            CompiledPolicy policy = compiled(tables);
            Proposal proposal = AllChanges.withoutSchemas(random.proposal());
            Counterfactuals whole = Counterfactuals.of(policy, proposal, new Budget(Budget.STEPS, LONG));
            assertThat(whole.complete()).isTrue();
            for (long steps : new long[] {0, 10, 100, 1_000, 2_000, 4_000, 10_000, 100_000}) {
                Counterfactuals part = Counterfactuals.of(policy, proposal, new Budget(steps, LONG));
                assertThat(whole.changes())
                        .as("seed %d, %d steps", SEED + i, steps)
                        .containsAll(part.changes());
                assertThat(part).isEqualTo(Counterfactuals.of(policy, proposal, new Budget(steps, LONG)));
                if (part.complete()) {
                    assertThat(part).isEqualTo(whole);
                } else {
                    shortened++;
                    early += part.changes().size();
                }
            }
        }
        assertThat(shortened).as("searches cut short").isPositive();
        assertThat(early).as("changes found before a search was cut short").isPositive();
    }

    @Test
    void timeEndsASearchAsStepsDo() {
        RandomTables random = new RandomTables(SEED);
        PolicyTables tables = random.tables(8);
        Proposal proposal = AllChanges.withoutSchemas(random.proposal());
        Counterfactuals none =
                Counterfactuals.of(compiled(tables), proposal, new Budget(Long.MAX_VALUE, Duration.ofNanos(-1)));
        assertThat(none.complete()).isFalse();
        assertThat(none.changes()).isEmpty();
    }

    private static CompiledPolicy compiled(PolicyTables tables) {
        CompiledPolicy policy =
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy();
        assertThat(policy).isNotNull();
        return policy;
    }
}
