package io.leeway.api.rest;

import io.leeway.api.json.Scalars;
import io.leeway.evidence.Reexecution;
import io.leeway.evidence.Reexecutions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Making a recorded decision again. */
@Path("/v1/decisions/{id}/reexecution")
@Produces(MediaType.APPLICATION_JSON)
class ReexecutionResource {
    private final Reexecutions reexecutions;
    private final Callers callers;

    ReexecutionResource(Reexecutions reexecutions, Callers callers) {
        this.reexecutions = reexecutions;
        this.callers = callers;
    }

    @POST
    @Blocking
    @Operation(
            operationId = "reexecuteDecision",
            summary = "Make a decision again",
            description =
                    "The same version on the recorded facts, compared byte for byte with the recorded result; and what today's policy says to the same facts. Records nothing.")
    @Tag(name = "Compliance")
    @APIResponse(
            responseCode = "200",
            description = "Whether it came out the same, and what it would be today",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReexecutionView.class)))
    public CompletionStage<ReexecutionView> reexecute(
            @PathParam("id") String id, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        UUID decision = Scalars.uuid(id);
        return callers.read(
                routing,
                reader -> (decision == null
                                ? Optional.<Reexecution>empty()
                                : reexecutions.reexecute(decision, reader::sees))
                        .map(ReexecutionView::of)
                        .orElseThrow(DecisionResource::unknown));
    }
}
