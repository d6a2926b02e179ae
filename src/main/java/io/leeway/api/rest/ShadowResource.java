package io.leeway.api.rest;

import io.leeway.evidence.ShadowReports;
import io.leeway.evidence.ShadowReports.RowHour;
import io.leeway.evidence.ShadowReports.ShadowReport;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Mode;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a version in shadow would have said. */
@Path("/v1/policies/{version}/shadow")
@Produces(MediaType.APPLICATION_JSON)
class ShadowResource {
    private final PolicyVersions versions;
    private final ShadowReports reports;
    private final Callers callers;

    ShadowResource(PolicyVersions versions, ShadowReports reports, Callers callers) {
        this.versions = versions;
        this.reports = reports;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "readShadow",
            summary = "Read what a version in shadow said",
            description =
                    "Beside what was answered: how many came to which mode, and which rows make the difference, hour by hour.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "What it said",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShadowView.class)))
    public CompletionStage<ShadowView> read(
            @PathParam("version") String name, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        return callers.query(routing, () -> {
            versions.get(name);
            return ShadowView.of(reports.of(name));
        });
    }

    @Schema(name = "Shadow", description = "What a version in shadow said beside what was answered.")
    record ShadowView(
            long decisions,

            @Schema(description = "of which it cannot tell: erased, or refused by it")
            long undecided,

            @Schema(description = "how many came to each mode: by what was answered, then by what it says")
            Map<Mode, Map<Mode, Long>> matrix,

            @Schema(description = "where they disagree, newest hour first")
            List<RowView> rows) {
        static ShadowView of(ShadowReport report) {
            return new ShadowView(
                    report.decisions(),
                    report.undecided(),
                    report.matrix(),
                    report.rows().stream().map(RowView::of).toList());
        }
    }

    @Schema(name = "ShadowRow")
    record RowView(
            @Schema(description = "the rule that makes the difference")
            String rule,

            @Schema(format = "date-time", description = "the beginning of the hour")
            String hour,

            @Schema(description = "decisions that would have got more leeway")
            long looser,

            @Schema(description = "decisions that would have got less")
            long tighter) {
        static RowView of(RowHour row) {
            return new RowView(row.rule(), LedgerTime.text(row.hour()), row.looser(), row.tighter());
        }
    }
}
