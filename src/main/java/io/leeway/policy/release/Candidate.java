package io.leeway.policy.release;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.release.PolicyVersion.Obstacles;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that were checked against the version that was active then, and wait for their place in the ledger.
 *
 * @param base null when nothing was active
 * @param baseGeneration 0 when nothing was active
 * @param report {@link CandidateReport#json}
 */
public record Candidate(
        List<PolicyFile> files,
        @Nullable String base,
        long baseGeneration,
        Meaning meaning,
        Obstacles obstacles,
        List<Finding> findings,
        String report) {
    public Candidate {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }

    /** Hex SHA-256 of each file by its name. */
    public SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.name(), file.sha256()));
        return digests;
    }

    /** The digest that addresses the version. */
    public String digest() {
        return PolicyFile.digestOf(files);
    }
}
