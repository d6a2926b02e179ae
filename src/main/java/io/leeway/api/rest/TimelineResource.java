package io.leeway.api.rest;

import io.leeway.evidence.SubjectTimelines;
import io.leeway.evidence.SubjectTimelines.Timeline;
import io.leeway.model.Subject;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to a business object. */
@Path("/v1/subjects/{type}/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
class TimelineResource {
    private final SubjectTimelines timelines;
    private final Callers callers;

    TimelineResource(SubjectTimelines timelines, Callers callers) {
        this.timelines = timelines;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "readTimeline",
            summary = "Read a subject's timeline",
            description =
                    "Decisions, uses of their permits, and stops that name the subject with their releases, across agents and traces, the newest last. A key of an agent sees what its own agents did only.")
    @Tag(name = "Compliance")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "1 to 500, otherwise 50",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "from `Link` with rel=next",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "One page; empty when nothing happened to such a subject",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "TimelinePage")))
    public CompletionStage<Response> read(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        long after = query.after();
        query.nothingElse();
        return callers.read(
                routing,
                reader -> answer(
                        timelines.read(
                                new Subject(type, id), reader.visibleAgents().orElse(Set.of()), after, limit),
                        uri));
    }

    private static Response answer(Timeline timeline, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(
                new Page<>(timeline.events().stream().map(TimelineView::of).toList()));
        Long last = timeline.last();
        if (last != null) {
            Page.link(answer, uri, last);
        }
        return answer.build();
    }
}
