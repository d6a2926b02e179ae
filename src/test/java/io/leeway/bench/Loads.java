package io.leeway.bench;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.time.LocalDate;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** From the bytes of the files to something that can evaluate. */
@State(Scope.Thread)
public abstract class Loads {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

    @Param({"10", "100", "1000", "5000"})
    int size;

    private List<PolicyFile> files = List.of();
    private byte[] stock = {};

    /** Only the files of the benchmark at hand, since writing a workbook warms up more than reading CSV may use. */
    @Setup
    public void generate(BenchmarkParams benchmark) {
        Workload workload = new Workload(size);
        List<SheetBuilder> sheets = workload.sheets();
        String name = benchmark.getBenchmark();
        if (name.endsWith(".stockTable")) {
            stock = StockTable.csv(workload.rows);
        } else if (name.endsWith(".leewayXlsx")) {
            files = List.of(WorkbookWriter.xlsx("bench.xlsx", sheets.toArray(SheetBuilder[]::new)));
        } else {
            files = List.of(sheets.get(0).csv("bench.csv"), sheets.get(1).csv("vocabulary.csv"));
        }
    }

    @Benchmark
    public CompiledPolicy leewayCsv() {
        return load();
    }

    @Benchmark
    public CompiledPolicy leewayXlsx() {
        return load();
    }

    @Benchmark
    public Object stockTable() {
        return new StockTable(stock);
    }

    /** With the digest of the version, as the service takes it. */
    private CompiledPolicy load() {
        Reading reading = PolicyReader.read(files, TODAY);
        if (reading.tables() == null || reading.tables().rows().size() != size) {
            throw new IllegalStateException(
                    reading.findings().stream().map(Finding::toString).toList().toString());
        }
        return PolicyCompiler.compile("bench", PolicyFile.digestOf(files), reading.tables(), List.of())
                .policy();
    }
}
