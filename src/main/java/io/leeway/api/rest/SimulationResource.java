package io.leeway.api.rest;

import io.leeway.api.json.ProposalReader;
import io.leeway.decision.Decisions;
import io.leeway.decision.SentProposal;
import io.leeway.decision.Simulation;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asking without proposing. */
@Path("/v1/simulations")
@Produces(MediaType.APPLICATION_JSON)
class SimulationResource {
    private final Decisions decisions;
    private final Callers callers;
    private final Explainer explainer;

    SimulationResource(Decisions decisions, Callers callers, Explainer explainer) {
        this.decisions = decisions;
        this.callers = callers;
        this.explainer = explainer;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            operationId = "simulateDecision",
            summary = "Ask without proposing",
            description = "The verdict that would be given now; recorded nowhere, without a permit.")
    @Tag(name = "Decisions")
    @Parameter(
            name = "explain",
            in = ParameterIn.QUERY,
            description = "`full`: also near misses, and the nearest changes that would have given a less strict mode",
            schema = @Schema(type = SchemaType.STRING, enumeration = "full"))
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Proposal")))
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DecisionView.class)))
    public CompletionStage<DecisionView> simulate(byte[] body, @Context UriInfo uri, @Context RoutingContext routing) {
        boolean explained = Explainer.isAskedFor(uri, routing);
        SentProposal sent = ProposalReader.read(body);
        String agent = sent.proposal().agent().id();
        if (!Callers.principal(routing).sees(agent)) {
            throw Proposals.notOfKey(agent);
        }
        Simulation simulation = decisions.simulate(sent, callers.caller(routing));
        return explained
                ? explainer.simulated(simulation)
                : CompletableFuture.completedFuture(DecisionView.of(simulation.decision()));
    }
}
