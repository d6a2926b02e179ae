package io.leeway.bench;

import io.leeway.api.json.ProposalReader;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.NearMisses;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.testing.Rows;
import io.leeway.testing.Story;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
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

/**
 * What an explanation costs beyond the decision: the stories on the shipped policy, and the rows of {@link EvaluationBenchmark},
 * every third of them a grant. {@code one-type} has all rows speak about every type of action, which no table does.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExplanationBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Param({"shipped", "1000", "one-type"})
    String policy;

    private CompiledPolicy compiled;
    private List<Proposal> proposals;
    private int next;

    @Setup
    public void load() throws IOException {
        if (policy.equals("shipped")) {
            PolicyLoader.Loaded loaded = PolicyLoader.load(
                    "bench",
                    PolicyDirectory.read(List.of(Path.of("decision-tables"), Path.of("rules"))),
                    LocalDate.of(2026, 11, 22));
            compiled = Objects.requireNonNull(loaded.policy());
            proposals = Story.all(NOW).stream().map(this::proposal).toList();
        } else {
            Workload workload = new Workload(1000);
            List<Row> rows = workload.tables().rows();
            compiled = compiled(AnalysisBenchmark.mixed(
                    policy.equals("1000")
                            ? rows
                            : rows.stream()
                                    .map(ExplanationBenchmark::forAnyType)
                                    .toList()));
            proposals = workload.proposals();
        }
        compiled.warmUp();
    }

    private Proposal proposal(Story story) {
        Proposal sent = ProposalReader.read(story.proposal().getBytes(StandardCharsets.UTF_8))
                .proposal();
        return sent.at(
                NOW, Stage.FULL, compiled.tables().requiredSchemas(sent.action().type()), 0, 0);
    }

    private static CompiledPolicy compiled(PolicyTables tables) {
        return Objects.requireNonNull(
                PolicyCompiler.compile("bench", "sha256:00", tables, List.of()).policy());
    }

    private static Row forAnyType(Row row) {
        List<Condition> conditions = row.conditions();
        return Rows.changed(row, row.table(), conditions.subList(1, conditions.size()), row.outcome());
    }

    private Proposal next() {
        next = next + 1 == proposals.size() ? 0 : next + 1;
        return proposals.get(next);
    }

    @Benchmark
    public NearMisses nearMisses() {
        return NearMisses.of(compiled.tables(), next());
    }

    @Benchmark
    public Counterfactuals counterfactuals() {
        return Counterfactuals.of(compiled, next());
    }
}
