package io.leeway.policy.release;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.Compilation;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From files to something that can decide, or to everything that keeps it from it. */
public final class PolicyLoader {
    private PolicyLoader() {}

    /**
     * @param policy warmed up; null when a finding is an error
     * @param findings sorted
     * @param today the day that the findings are of
     */
    public record Loaded(@Nullable CompiledPolicy policy, List<Finding> findings, LocalDate today) {}

    /**
     * Reads, checks and compiles the files of one version.
     *
     * @param today in UTC; decides which reviews are due and which rows are expired, which only warns
     */
    public static Loaded load(String version, List<PolicyFile> files, LocalDate today) {
        Loaded ahead = CompiledAhead.take(version, files, today);
        return ahead != null ? ahead : compile(version, files, today);
    }

    static Loaded compile(String version, List<PolicyFile> files, LocalDate today) {
        if (files.isEmpty()) {
            return new Loaded(
                    null,
                    List.of(Finding.error(
                            "no-files",
                            "",
                            null,
                            null,
                            "there is no policy file",
                            "put `*.xlsx`, `*.csv` or `*.drl` files directly into the policy directory")),
                    today);
        }
        Reading reading = PolicyReader.read(files, today);
        List<Finding> findings = new ArrayList<>(reading.findings());
        PolicyTables tables = reading.tables();
        CompiledPolicy policy = null;
        if (tables != null) {
            Compilation compilation = PolicyCompiler.compile(
                    version,
                    PolicyFile.digestOf(files),
                    tables,
                    files.stream().filter(PolicyFile::isDrl).toList());
            findings.addAll(compilation.findings());
            policy = compilation.policy();
        }
        findings.sort(Finding.ORDER);
        if (policy != null) {
            policy.warmUp();
        }
        return new Loaded(policy, List.copyOf(findings), today);
    }
}
