package io.leeway.api.rest;

import io.leeway.control.Acknowledgement;
import io.leeway.control.Acknowledgements;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Agents say that they know of a stop or a drill. */
@Path("/v1/stops/{id}/acknowledgement")
@Produces(MediaType.APPLICATION_JSON)
class AcknowledgementResource {
    private final Lane lane;
    private final Acknowledgements acknowledgements;
    private final Callers callers;

    AcknowledgementResource(Lane lane, Acknowledgements acknowledgements, Callers callers) {
        this.lane = lane;
        this.acknowledgements = acknowledgements;
        this.callers = callers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "acknowledgeStop",
            summary = "Acknowledge a stop",
            description =
                    "An agent says that it knows of a stop or a drill and keeps to it. The first time counts and is recorded; once more gives the same answer.")
    @Tag(name = "Decisions")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewAcknowledgement")))
    @APIResponse(
            responseCode = "200",
            description = "Noted",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AcknowledgementView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Released already, or another agent's",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<AcknowledgementView> acknowledge(
            @PathParam("id") String id, byte[] body, @Context RoutingContext routing) {
        String agent = StopBodies.acknowledgement(body);
        UUID stop = StopResource.stopId(id);
        if (!Callers.principal(routing).actsFor(agent)) {
            throw Proposals.notOfKey(agent);
        }
        Caller caller = callers.caller(routing);
        return lane.runInTurn(caller, tx -> acknowledgements.acknowledge(tx, caller.actor(), stop, agent))
                .thenApplyAsync(given -> AcknowledgementView.of(stop, given), Proposals.eventLoop(routing));
    }

    @Schema(name = "Acknowledgement")
    record AcknowledgementView(
            UUID stop,
            String agent,
            String by,
            @Schema(format = "date-time") String at,
            StopResource.IndexView record) {
        static AcknowledgementView of(UUID stop, Acknowledgement given) {
            return new AcknowledgementView(
                    stop,
                    given.agent(),
                    given.by(),
                    LedgerTime.text(given.at()),
                    new StopResource.IndexView(given.position()));
        }
    }
}
