package io.leeway.bench;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/** One evaluation, a new session each: Leeway, stock tables, the bare executable model, and a plain loop over the rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluationBenchmark {
    @Param({"10", "100", "1000", "5000"})
    int size;

    private List<Proposal> proposals;
    private List<Row> rows;
    private List<BareBean> beans;
    private CompiledPolicy policy;
    private BareModel bare;
    private StockTable stock;
    private int next;

    /** Only what the benchmark at hand needs: building stock tables takes up to a minute. */
    @Setup
    public void load(BenchmarkParams benchmark) {
        Workload workload = new Workload(size);
        if (benchmark.getBenchmark().endsWith(".stockTable")) {
            stock = new StockTable(workload.rows);
        }
        proposals = workload.proposals();
        rows = workload.tables().rows();
        beans = workload.requests.stream().map(BareBean::new).toList();
        policy = PolicyCompiler.compile("bench", "sha256:00", workload.tables(), List.of())
                .policy();
        policy.warmUp();
        bare = new BareModel(workload.rows);
    }

    private int next() {
        next = next + 1 == Workload.REQUESTS ? 0 : next + 1;
        return next;
    }

    @Benchmark
    public Evaluation leeway() throws EvaluationException {
        return policy.evaluate(proposals.get(next()), System.nanoTime() + 10_000_000_000L);
    }

    @Benchmark
    public BareBean.Said bareModel() {
        return bare.decide(beans.get(next()));
    }

    @Benchmark
    public BareBean.Said stockTable() {
        return stock.decide(beans.get(next()));
    }

    @Benchmark
    public List<Row> plainLoop() {
        Proposal proposal = proposals.get(next());
        List<Row> matched = new ArrayList<>();
        for (Row row : rows) {
            if (holds(row, proposal)) {
                matched.add(row);
            }
        }
        return matched;
    }

    private static boolean holds(Row row, Proposal proposal) {
        for (Condition condition : row.conditions()) {
            if (!condition.holds(proposal)) {
                return false;
            }
        }
        return true;
    }
}
