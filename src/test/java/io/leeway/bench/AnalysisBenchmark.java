package io.leeway.bench;

import io.leeway.model.Effect;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Analysis;
import io.leeway.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The whole analysis of the rows of {@link EvaluationBenchmark}, every third of them a grant; cold, as a check runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class AnalysisBenchmark {
    @Param({"1000", "5000"})
    int size;

    private PolicyTables tables;

    @Setup
    public void load() {
        tables = mixed(new Workload(size).tables().rows());
    }

    /** The rows, every third of them a grant. */
    static PolicyTables mixed(List<Row> safeguards) {
        List<Row> rows = new ArrayList<>();
        for (Row row : safeguards) {
            rows.add(rows.size() % 3 == 0 ? granting(row) : row);
        }
        return new PolicyTables(rows, Map.of(), Map.of());
    }

    private static Row granting(Row row) {
        Row.Outcome outcome = row.outcome();
        Row.Outcome granted = new Row.Outcome(
                Effect.GRANT,
                outcome.mode(),
                outcome.because(),
                outcome.approvers(),
                outcome.obligations(),
                outcome.expires());
        return Rows.changed(row, "Remit", row.conditions(), granted);
    }

    @Benchmark
    public Analysis analysis() {
        return Analysis.of(tables);
    }
}
