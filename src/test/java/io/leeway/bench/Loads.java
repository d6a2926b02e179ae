package io.leeway.bench;

import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From rows to something that can evaluate. */
@State(Scope.Thread)
public abstract class Loads {
    @Param({"10", "100", "1000", "5000"})
    int size;

    private Workload workload;
    private PolicyTables tables;

    @Setup
    public void generate() {
        workload = new Workload(size);
        tables = workload.tables();
    }

    @Benchmark
    public CompiledPolicy leeway() {
        return PolicyCompiler.compile("bench", "sha256:00", tables, List.of()).policy();
    }

    @Benchmark
    public Object stockTable() {
        return new StockTable(workload.rows);
    }
}
