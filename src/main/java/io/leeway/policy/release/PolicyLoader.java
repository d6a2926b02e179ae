package io.leeway.policy.release;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.check.Findings;
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
        Loaded loaded = build(version, files, today);
        if (loaded.policy() != null) {
            loaded.policy().warmUp();
        }
        return loaded;
    }

    /** As {@link #load}, but nothing is warmed up. */
    static Loaded build(String version, List<PolicyFile> files, LocalDate today) {
        if (files.isEmpty()) {
            Findings none = new Findings();
            none.report(FindingCode.NO_FILES, "", null, null, "there is no policy file");
            return new Loaded(null, none.sorted(), today);
        }
        Reading reading = PolicyReader.read(files, today);
        List<Finding> findings = new ArrayList<>(reading.findings());
        PolicyTables tables = reading.tables();
        List<PolicyFile> drl = files.stream().filter(PolicyFile::isDrl).toList();
        // All findings at once: those of the DRL do not wait until the tables are right.
        Compilation compilation = tables == null
                ? new Compilation(null, PolicyCompiler.check(drl))
                : PolicyCompiler.compile(version, PolicyFile.digestOf(files), tables, drl);
        findings.addAll(compilation.findings());
        findings.sort(Finding.ORDER);
        return new Loaded(compilation.policy(), List.copyOf(findings), today);
    }
}
