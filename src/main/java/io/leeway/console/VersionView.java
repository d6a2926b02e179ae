package io.leeway.console;

import io.leeway.policy.Finding.Severity;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersion.State;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version with everything that its page shows.
 *
 * @param report null for a version that was imported
 * @param files by name
 * @param current whether what is active now is still its base
 * @param done what was done just now, {@code ""} for nothing
 * @param fault what could not be done, {@code ""} for nothing
 */
record VersionView(
        PolicyVersion version,
        @Nullable VersionReport report,
        List<FindingGroup> findings,
        List<String> files,
        boolean current,
        Principal reader,
        String done,
        String fault) {
    private static final Endpoint APPROVE = new Endpoint("POST", "/v1/policies/{version}/approve");

    private static final Endpoint REPLAY = new Endpoint("POST", "/v1/policies/{version}/replay");

    VersionView {
        findings = List.copyOf(findings);
        files = List.copyOf(files);
    }

    /** What keeps it from being used, or is doubtful. */
    public List<FindingGroup> grave() {
        return findings.stream()
                .filter(group -> group.severity() != Severity.INFO)
                .toList();
    }

    /** What is only worth knowing. */
    public List<FindingGroup> minor() {
        return findings.stream()
                .filter(group -> group.severity() == Severity.INFO)
                .toList();
    }

    public boolean isProposed() {
        return version.state() == State.CANDIDATE || version.state() == State.APPROVED;
    }

    public boolean isRetired() {
        return version.state() == State.RETIRED;
    }

    public boolean isActive() {
        return version.state() == State.ACTIVE;
    }

    /** Whether nothing that was found forbids its approval, or only rows without a test, which a reason lets pass. */
    public boolean isSound() {
        PolicyVersion.Obstacles found = version.obstacles();
        return found.errors() == 0 && found.brokenGuarantees() == 0 && found.failedTests() == 0;
    }

    /** Consents that count for what is active now. */
    public List<PolicyVersion.Approval> approvals() {
        return version.approvals().stream()
                .filter(approval -> approval.generation() == version.baseGeneration())
                .toList();
    }

    /** How many more people have to agree. */
    public int lacking() {
        return Math.max(0, version.approvalsNeeded() - approvals().size());
    }

    /** Whether nobody gets more leeway, so that no reason has to be given. */
    public boolean isReasonNeeded() {
        return version.approvalsNeeded() > 1;
    }

    /** Whether the reader may approve and activate at all. */
    public boolean isApprover() {
        return reader.may(APPROVE);
    }

    /** Whether it can decide anything, and the reader may ask what it would have decided. */
    public boolean isReplayable() {
        return version.obstacles().errors() == 0 && reader.may(REPLAY);
    }

    public boolean isOwn() {
        return version.author().equals(reader.actor().subject());
    }

    public boolean isApprovedByReader() {
        return approvals().stream()
                .anyMatch(approval -> approval.by().equals(reader.actor().subject()));
    }
}
