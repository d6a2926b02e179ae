package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.testing.RandomTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The compiled policy against a plain loop over the rows, on random tables and proposals. */
class TableOracleTest {
    private static final long SEED = 20_260_315;
    private static final int PROPOSALS = 10;
    private static final int PAIRS = Boolean.getBoolean("leeway.test.full") ? 200_000 : 10_000;

    @Test
    void engineAndPlainLoopAgreeOnRowsAndMode() throws EvaluationException {
        int matched = 0;
        for (int i = 0; i < PAIRS / PROPOSALS; i++) {
            long seed = SEED + i;
            RandomTables random = new RandomTables(seed);
            PolicyTables tables = random.tables(i % 10 == 0 ? 120 : 25);
            CompiledPolicy policy = compile(tables);
            for (int j = 0; j < PROPOSALS; j++) {
                Proposal proposal = random.proposal();
                List<Row> expected = NaiveRows.matching(tables.rows(), proposal);
                Evaluation actual = evaluate(policy, proposal);
                if (!ids(actual.rows()).equals(ids(expected)) || mode(actual.rows()) != NaiveRows.mode(expected)) {
                    throw new AssertionError(difference(seed, tables, proposal));
                }
                matched += expected.size();
            }
        }
        assertThat(matched).as("the pairs must match something").isGreaterThan(PAIRS);
    }

    static CompiledPolicy compile(PolicyTables tables) {
        CompiledPolicy policy =
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy();
        assertThat(policy).isNotNull();
        return policy;
    }

    static Evaluation evaluate(CompiledPolicy policy, Proposal proposal) throws EvaluationException {
        return policy.evaluate(proposal, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
    }

    static List<String> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    private static Mode mode(List<Row> rows) {
        Mode authority = Mode.HUMAN_IN_CONTROL;
        Mode safeguards = Mode.AUTONOMOUS;
        for (Row row : rows) {
            if (row.outcome().effect() == Effect.GRANT) {
                authority = authority.moreLenient(row.outcome().mode());
            } else {
                safeguards = safeguards.stricter(row.outcome().mode());
            }
        }
        return authority.stricter(safeguards);
    }

    /** Leaves out rows for as long as the two still differ. */
    private static String difference(long seed, PolicyTables tables, Proposal proposal) throws EvaluationException {
        List<Row> rows = tables.rows();
        for (int i = 0; i < rows.size(); ) {
            List<Row> fewer = new ArrayList<>(rows);
            fewer.remove(i);
            PolicyTables smaller = new PolicyTables(fewer, Map.of(), Map.of());
            if (ids(evaluate(compile(smaller), proposal).rows()).equals(ids(NaiveRows.matching(fewer, proposal)))) {
                i++;
            } else {
                rows = fewer;
            }
        }
        PolicyTables minimal = new PolicyTables(rows, Map.of(), Map.of());
        return "seed " + seed + "\nrows " + rows + "\nproposal " + proposal + "\nengine "
                + ids(evaluate(compile(minimal), proposal).rows()) + "\nloop   "
                + ids(NaiveRows.matching(rows, proposal));
    }
}
