package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Scalars;
import io.leeway.api.json.Text;
import io.leeway.control.StageProposal;
import io.leeway.control.StageProposals;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
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
import org.jspecify.annotations.Nullable;

/** Stages that one person proposes and another accepts. */
@Path("/v1/stages/proposals")
@Produces(MediaType.APPLICATION_JSON)
class StageProposalResource {
    /** Long enough to be told by {@link io.leeway.control.Stages} what is wrong with it. */
    private static final Text ANY_TEXT = new Text(0, 2000, false);

    private final Lane lane;
    private final StageProposals proposals;
    private final Callers callers;

    StageProposalResource(Lane lane, StageProposals proposals, Callers callers) {
        this.lane = lane;
        this.proposals = proposals;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "listStageProposal",
            summary = "List proposed stages",
            description = "In every state, newest first.")
    @Tag(name = "Control")
    @Parameter(
            name = "agent",
            in = ParameterIn.QUERY,
            description = "only this one",
            schema = @Schema(type = SchemaType.STRING))
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "StageProposalPage")))
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        String agent = query.text("agent");
        int limit = query.limit();
        long before = query.before();
        query.nothingElse();
        return callers.query(
                routing,
                () -> Page.answer(
                        proposals.list(agent, before, limit), limit, uri, StageProposal::position, ProposalView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "proposeStage",
            summary = "Propose a stage",
            description = "Changes nothing by itself: somebody else accepts it, within seven days and before `until`.")
    @Tag(name = "Control")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewStageProposal")))
    @APIResponse(
            responseCode = "201",
            description = "Noted; somebody else must accept it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProposalView.class)))
    public CompletionStage<Response> propose(byte[] body, @Context RoutingContext routing) {
        NewProposal asked = BodyReader.read(body, "INVALID_STAGE", "The stage", (members, faults) -> {
            String agent = members.text("agent", ANY_TEXT);
            String action = members.text("action", ANY_TEXT);
            Stage stage = members.oneOf("stage", Stage.class);
            String reason = members.text("reason", Text.REASON);
            Instant until = members.time("until");
            return stage == null ? null : new NewProposal(agent, action, stage, reason, until);
        });
        Caller caller = callers.caller(routing);
        return lane.run(
                        caller,
                        tx -> proposals.propose(
                                tx,
                                caller.actor(),
                                asked.agent(),
                                asked.action(),
                                asked.stage(),
                                asked.reason(),
                                asked.until()))
                .thenApplyAsync(
                        proposal -> Response.status(201)
                                .entity(ProposalView.of(proposal))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    private record NewProposal(
            String agent,
            String action,
            Stage stage,
            String reason,
            @Nullable Instant until) {}

    @POST
    @Path("/{id}/accept")
    @NonBlocking
    @Operation(
            operationId = "acceptStage",
            summary = "Accept a proposed stage",
            description =
                    "Sets it. Takes another person than the one who proposed it, and that what counts is still what the proposer saw.")
    @Tag(name = "Control")
    @APIResponse(
            responseCode = "200",
            description = "Accepted; `record` of `acceptance` is where the stage was set",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProposalView.class)))
    @APIResponse(
            responseCode = "409",
            description = "One's own, accepted or expired already, or proposed over a stage that no longer counts",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> accept(@PathParam("id") String id, @Context RoutingContext routing) {
        UUID proposal = Scalars.uuid(id);
        if (proposal == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "STAGE_PROPOSAL_NOT_FOUND", "There is no such proposal.");
        }
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> proposals.accept(tx, caller.actor(), proposal))
                .thenApplyAsync(
                        accepted -> Response.ok(ProposalView.of(accepted)).build(), Proposals.eventLoop(routing));
    }

    @Schema(name = "StageProposal", description = "A stage that counts once a second person has accepted it.")
    record ProposalView(
            UUID id,
            String agent,

            @Schema(description = "a type, a family `billing.*`, or `*`")
            String action,

            @Schema(description = "what counted for exactly that when it was proposed")
            Stage from,

            Stage stage,
            String reason,

            @Schema(format = "date-time", nullable = true, description = "when the stage will end") @Nullable
            String until,

            String proposedBy,
            @Schema(format = "date-time") String proposedAt,

            @Schema(format = "date-time", description = "until when it can be accepted")
            String expiresAt,

            @Schema(description = "OUTDATED: what counts is no longer what the proposer saw")
            StageProposal.State state,

            @Schema(nullable = true) @Nullable AcceptanceView acceptance,
            StopResource.IndexView record) {
        static ProposalView of(StageProposal proposal) {
            Instant until = proposal.until();
            StageProposal.Acceptance acceptance = proposal.acceptance();
            return new ProposalView(
                    proposal.id(),
                    proposal.agent(),
                    proposal.action(),
                    proposal.from(),
                    proposal.stage(),
                    proposal.reason(),
                    until == null ? null : LedgerTime.text(until),
                    proposal.proposedBy(),
                    LedgerTime.text(proposal.proposedAt()),
                    LedgerTime.text(proposal.expiresAt()),
                    proposal.state(),
                    acceptance == null ? null : AcceptanceView.of(acceptance),
                    new StopResource.IndexView(proposal.position()));
        }
    }

    @Schema(name = "StageAcceptance")
    record AcceptanceView(
            String by, @Schema(format = "date-time") String at, StopResource.IndexView record) {
        static AcceptanceView of(StageProposal.Acceptance acceptance) {
            return new AcceptanceView(
                    acceptance.by(),
                    LedgerTime.text(acceptance.at()),
                    new StopResource.IndexView(acceptance.position()));
        }
    }
}
