package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Scalars;
import io.leeway.api.json.Text;
import io.leeway.decision.Consumption;
import io.leeway.decision.Decisions;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Refusal;
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
import org.jspecify.annotations.Nullable;

/** Using a permit. */
@Path("/v1/permits")
@Produces(MediaType.APPLICATION_JSON)
class PermitResource {
    private final Decisions decisions;
    private final Callers callers;

    PermitResource(Decisions decisions, Callers callers) {
        this.decisions = decisions;
        this.callers = callers;
    }

    @POST
    @Path("/{id}/consumption")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "consumePermit",
            summary = "Use a permit",
            description =
                    "Once, before it expires, for exactly the action that it binds, and with no stop or stage against it by now.")
    @Tag(name = "Decisions")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ConsumptionRequest")))
    @APIResponse(
            responseCode = "200",
            description = "Used",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ConsumptionView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Used already, expired, stopped, or another digest",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<ConsumptionView> consume(
            @PathParam("id") String id, byte[] body, @Context RoutingContext routing) {
        String digest = BodyReader.read(
                body,
                "INVALID_CONSUMPTION",
                "The consumption",
                (members, faults) -> members.text("actionDigest", Text.NAME));
        UUID permit = Scalars.uuid(id);
        if (permit == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "UNKNOWN_PERMIT", "There is no such permit.");
        }
        return decisions
                .consume(permit, digest, Callers.principal(routing).agents(), callers.caller(routing))
                .thenApplyAsync(ConsumptionView::of, Proposals.eventLoop(routing));
    }

    @Schema(name = "Consumption", description = "A permit that was used, and will not be again.")
    record ConsumptionView(
            UUID permitId,
            UUID decisionId,
            @Schema(format = "date-time") String consumedAt,
            DecisionView.@Nullable PlaceView record) {
        static ConsumptionView of(Consumption consumption) {
            return new ConsumptionView(
                    consumption.permitId(),
                    consumption.decisionId(),
                    LedgerTime.text(consumption.consumedAt()),
                    DecisionView.PlaceView.of(consumption.place()));
        }
    }
}
