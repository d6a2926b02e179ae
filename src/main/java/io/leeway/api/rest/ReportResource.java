package io.leeway.api.rest;

import io.leeway.evidence.ObservedReport;
import io.leeway.evidence.ObservedReports;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the ledger comes to over a time. */
@Path("/v1/reports")
class ReportResource {
    private static final String CSV = "text/csv;charset=utf-8";

    private final ObservedReports observed;
    private final Callers callers;

    ReportResource(ObservedReports observed, Callers callers) {
        this.observed = observed;
        this.callers = callers;
    }

    @GET
    @Path("/observed")
    @Blocking
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "observedReport",
            summary = "Read what would have been stopped",
            description =
                    "Of decisions for keys that were only observed: by row, how many would have been stopped. As JSON, or with `Accept: text/csv` as a table with a line for each row.")
    @Tag(name = "Compliance")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "RFC 3339, inclusive",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "RFC 3339, exclusive",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ObservedReportView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "422",
            description = "There are more observed decisions in that time than can be told of at once",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> observed(
            @Context UriInfo uri, @Context HttpHeaders headers, @Context RoutingContext routing) {
        Query query = new Query(uri);
        Instant from = query.time("from");
        Instant to = query.time("to");
        query.nothingElse();
        boolean table = asksForCsv(headers);
        return callers.query(routing, ObservedReports.PATIENCE, () -> answer(observed.between(from, to), table));
    }

    /** Whether a table is what the caller likes best. */
    private static boolean asksForCsv(HttpHeaders headers) {
        MediaType first = headers.getAcceptableMediaTypes().get(0);
        return first.getType().equals("text") && first.getSubtype().equals("csv");
    }

    private static Response answer(ObservedReport report, boolean table) {
        return table
                ? Response.ok(ObservedCsv.of(report), CSV)
                        .header("Content-Disposition", "attachment; filename=\"observed.csv\"")
                        .build()
                : Response.ok(ObservedReportView.of(report), MediaType.APPLICATION_JSON)
                        .build();
    }
}
