package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.LedgerTime;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.release.PolicyVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A policy version as it is answered. */
@Schema(name = "PolicyVersion", description = "An immutable set of workbooks and rules.")
record VersionView(
        String version,
        String digest,

        @Schema(enumeration = {"CANDIDATE", "APPROVED", "ACTIVE", "SHADOW", "RETIRED"})
        String state,

        String author,
        String message,
        @Schema(format = "date-time") String createdAt,

        @Schema(description = "what was active when it was proposed; approvals hold for that only") @Nullable
        String base,

        @Schema(description = "who would get more leeway than by the base")
        Meaning meaning,

        ObstaclesView obstacles,
        int approvalsNeeded,
        List<ApprovalView> approvals,

        @Schema(format = "date-time", description = "when it last came into force") @Nullable
        String activatedAt,

        StopResource.IndexView record) {

    static VersionView of(PolicyVersion version) {
        Instant activatedAt = version.activatedAt();
        PolicyVersion.Obstacles obstacles = version.obstacles();
        return new VersionView(
                version.name(),
                version.digest(),
                version.shadow() ? "SHADOW" : version.state().name(),
                version.author(),
                version.message(),
                LedgerTime.text(version.createdAt()),
                version.base(),
                version.meaning(),
                new ObstaclesView(
                        obstacles.errors(),
                        obstacles.brokenGuarantees(),
                        obstacles.failedTests(),
                        obstacles.uncovered()),
                version.approvalsNeeded(),
                version.approvals().stream().map(ApprovalView::of).toList(),
                activatedAt == null ? null : LedgerTime.text(activatedAt),
                new StopResource.IndexView(version.position()));
    }

    /** What forbids its approval. */
    @Schema(
            name = "PolicyObstacles",
            description = "What forbids approval; rows without a test can be let pass with a reason.")
    record ObstaclesView(int errors, int brokenGuarantees, int failedTests, int uncovered) {}

    @Schema(name = "PolicyApproval")
    record ApprovalView(
            String by, @Schema(format = "date-time") String at, String reason, String coverageException) {
        static ApprovalView of(PolicyVersion.Approval approval) {
            return new ApprovalView(
                    approval.by(), LedgerTime.text(approval.at()), approval.reason(), approval.coverageException());
        }
    }

    @Schema(name = "PolicyFile")
    record FileView(
            @Schema(description = "to be read at `/v1/policies/{version}/workbooks/{name}`")
            String name,

            String sha256) {}

    /** A version with what its check found. */
    @Schema(name = "CheckedPolicyVersion", description = "A policy version with what its check found.")
    record Checked(
            @JsonUnwrapped VersionView summary,

            List<FileView> files,

            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = Object.class,
                    description =
                            "by file, sheet and cell: `severity`, `code`, `file`, `sheet`, `cell`, `message`, `help`, `docs`")
            Object findings,

            @Schema(implementation = Object.class, description = "how many `passed` and `failed`")
            Object tests,

            @Schema(
                    implementation = Object.class,
                    description = "how many `rows` there are, how many are `covered` by a test, and those `uncovered`")
            Object coverage,

            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = Object.class,
                    description = "each with its `state`: PROVEN, BROKEN or UNPROVEN")
            Object guarantees) {
        /**
         * @param files hex SHA-256 by name
         * @param report {@link io.leeway.policy.release.PolicyVersions#report}
         */
        static Checked of(PolicyVersion version, Map<String, String> files, String report) {
            Map<String, Object> found =
                    JsonReader.object(report.getBytes(StandardCharsets.UTF_8)).members();
            return new Checked(
                    VersionView.of(version),
                    files.entrySet().stream()
                            .map(file -> new FileView(file.getKey(), file.getValue()))
                            .toList(),
                    found.getOrDefault("findings", List.of()),
                    found.getOrDefault("tests", Map.of()),
                    found.getOrDefault("coverage", Map.of()),
                    found.getOrDefault("guarantees", List.of()));
        }
    }
}
