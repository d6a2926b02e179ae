package io.leeway.api.rest;

import io.leeway.evidence.CausalTrace;
import io.leeway.evidence.CausalTraces;
import io.leeway.model.Refusal;
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
import java.util.List;
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

/** What led to what, across agents. */
@Path("/v1/traces/{id}")
@Produces(MediaType.APPLICATION_JSON)
class TraceResource {
    private final CausalTraces traces;
    private final Callers callers;

    TraceResource(CausalTraces traces, Callers callers) {
        this.traces = traces;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "findTrace",
            summary = "Read a trace",
            description =
                    "The tree of causes: each decision with its parent and its children, and what all of them come to. A key of an agent sees its own agents' steps only.")
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
            description = "One page",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TraceView.class)))
    public CompletionStage<Response> find(
            @PathParam("id") String id, @Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        long after = query.after();
        query.nothingElse();
        return callers.read(
                routing,
                reader -> traces.find(id, reader.visibleAgents().orElse(Set.of()), after, limit)
                        .map(found -> answer(found, limit, uri))
                        .orElseThrow(() -> new Refusal(
                                Refusal.Kind.NOT_FOUND,
                                "UNKNOWN_TRACE",
                                "No decision belongs to such a trace, or none for this key.")));
    }

    private static Response answer(CausalTrace trace, int limit, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(TraceView.of(trace));
        List<CausalTrace.Node> page = trace.page();
        if (page.size() == limit) {
            Page.link(answer, uri, page.get(limit - 1).step().position());
        }
        return answer.build();
    }
}
