package io.leeway.api.rest;

import io.leeway.api.json.Scalars;
import io.leeway.api.rest.ReplayView.JobView;
import io.leeway.evidence.ReplayJob;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.Replays;
import io.leeway.model.Refusal;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One replay: how far it is, what came of it, and its end. */
@Path("/v1/policies/{version}/replays/{id}")
@Produces(MediaType.APPLICATION_JSON)
class ReplayJobResource {
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private final Replays replays;
    private final Callers callers;

    ReplayJobResource(Replays replays, Callers callers) {
        this.replays = replays;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "findReplay",
            summary = "Read a replay",
            description =
                    "How far it is, and what came of it. Replays live in the memory of the replica that runs them, which keeps the last 20.")
    @Tag(name = "Policy")
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            description = "`csv` or `html`: the result alone, as a table or as a page that prints well",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"csv", "html"}))
    @APIResponse(
            responseCode = "200",
            description = "The replay",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "409",
            description = "There is no result to show in that format",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> find(
            @PathParam("version") String version,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        Query query = new Query(uri);
        String format = query.word("format", List.of("csv", "html"));
        query.nothingElse();
        return callers.read(routing, reader -> shown(job(version, id), format));
    }

    private static Response shown(ReplayJob job, @Nullable String format) {
        if (format == null) {
            return Response.ok(JobView.of(job)).build();
        }
        ReplayResult result = job.result();
        if (result == null) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "REPLAY_NOT_DONE", "The replay has no result: it is " + job.state() + ".");
        }
        return format.equals("csv")
                ? Response.ok(ReplayCsv.of(result), CSV)
                        .header("Content-Disposition", "attachment; filename=\"replay-" + job.id() + ".csv\"")
                        .build()
                : Response.ok(ReplayPage.of(result), HTML)
                        .header("Content-Security-Policy", ReplayPage.CONTENT_SECURITY_POLICY)
                        .build();
    }

    @DELETE
    @Blocking
    @Operation(
            operationId = "cancelReplay",
            summary = "Cancel a replay",
            description = "One that is over stays as it is.")
    @Tag(name = "Policy")
    @APIResponse(responseCode = "204", description = "It is over")
    public CompletionStage<Response> cancel(
            @PathParam("version") String version, @PathParam("id") String id, @Context RoutingContext routing) {
        return callers.read(routing, reader -> {
            job(version, id).cancel();
            return Response.noContent().build();
        });
    }

    private ReplayJob job(String version, String id) {
        UUID known = Scalars.uuid(id);
        return (known == null ? Optional.<ReplayJob>empty() : replays.find(known))
                .filter(job -> job.policy().version().equals(version))
                .orElseThrow(
                        () -> new Refusal(
                                Refusal.Kind.NOT_FOUND,
                                "UNKNOWN_REPLAY",
                                "This replica knows no such replay. Replays are forgotten after 20 others, and when the replica ends."));
    }
}
