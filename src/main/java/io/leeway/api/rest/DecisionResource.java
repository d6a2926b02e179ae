package io.leeway.api.rest;

import io.leeway.api.json.ProposalReader;
import io.leeway.api.json.Scalars;
import io.leeway.api.problem.ProblemMapping;
import io.leeway.decision.Decision;
import io.leeway.decision.DecisionQuery;
import io.leeway.decision.Decisions;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.SentProposal;
import io.leeway.ledger.Reads;
import io.leeway.model.Mode;
import io.leeway.model.Refusal;
import io.leeway.security.Principal;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

/** Proposing, and reading what was decided. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
class DecisionResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Proposals proposals;
    private final Decisions decisions;
    private final Callers callers;
    private final Explainer explainer;
    private final Reads reads;

    DecisionResource(Proposals proposals, Decisions decisions, Callers callers, Explainer explainer, Reads reads) {
        this.proposals = proposals;
        this.decisions = decisions;
        this.callers = callers;
        this.explainer = explainer;
        this.reads = reads;
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "decideDecision",
            summary = "Propose an action",
            description =
                    "Decides and records. The answer says how much leeway the agent has for exactly this action, why, and where that stands in the ledger. The same proposal again gives the recorded verdict.")
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
    public CompletionStage<byte[]> decide(byte[] body, @Context UriInfo uri, @Context RoutingContext routing) {
        boolean explained = Explainer.isAskedFor(uri, routing);
        CompletableFuture<Decision> decided = proposals.decide(ProposalReader.read(body), routing);
        return explained ? decided.thenCompose(explainer::decided) : decided.thenApply(DecisionJson::of);
    }

    @POST
    @Path("/decisions/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "decideBatchDecision",
            summary = "Propose up to 100 actions",
            description =
                    "Decided one after the other, each seeing what the others before it did. Not atomic: one that is refused has its problem document in its place.")
    @Tag(name = "Decisions")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "The verdicts, in order",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Verdicts")))
    public CompletionStage<BatchView> decideBatch(byte[] body, @Context UriInfo uri, @Context RoutingContext routing) {
        if (uri.getQueryParameters().containsKey("explain")) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED,
                    "INVALID_QUERY",
                    "A batch is not explained. Read its decisions one by one: `GET /v1/decisions/{id}?explain=full`.");
        }
        List<CompletableFuture<Object>> verdicts = ProposalReader.readBatch(body).stream()
                .map(item -> verdict(item, routing))
                .toList();
        return CompletableFuture.allOf(verdicts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> new BatchView(
                        verdicts.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Object> verdict(ProposalReader.BatchItem item, RoutingContext routing) {
        SentProposal sent = item.proposal();
        Refusal refusal = item.refusal();
        CompletableFuture<DecisionView> decided = sent != null
                ? proposals.decide(sent, routing).thenApply(DecisionView::of)
                : CompletableFuture.failedFuture(
                        refusal != null ? refusal : new IllegalStateException("an item is one or the other"));
        return decided.handle((view, failure) -> failure == null ? view : ProblemMapping.of(failure));
    }

    @GET
    @Path("/decisions/{id}")
    @Blocking
    @Operation(
            operationId = "findDecision",
            summary = "Read a decision",
            description =
                    "As it stands now, with the facts it was made on. A decision of an agent that the key does not speak for does not exist for it.")
    @Tag(name = "Decisions")
    @Parameter(
            name = "wait",
            in = ParameterIn.QUERY,
            description = "ISO 8601 duration up to PT60S: answer when the state has changed, or when it is over",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "explain",
            in = ParameterIn.QUERY,
            description = "`full`: also near misses, and the nearest changes that would have given a less strict mode",
            schema = @Schema(type = SchemaType.STRING, enumeration = "full"))
    @APIResponse(
            responseCode = "200",
            description = "The decision with its state",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DecisionView.class)))
    public CompletionStage<DecisionView> find(
            @PathParam("id") String id, @Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        Duration wait = query.duration("wait", LONGEST_WAIT);
        boolean explained = query.explained();
        query.nothingElse();
        Principal principal = Callers.principal(routing);
        UUID decisionId = Scalars.uuid(id);
        if (wait == null || decisionId == null) {
            return callers.read(
                    routing,
                    reader -> view(
                            decisionId == null ? Optional.empty() : decisions.find(decisionId), reader, explained));
        }
        CompletionStage<Optional<RecordedDecision>> changed = callers.read(
                        routing, reader -> view(decisions.find(decisionId), reader, false))
                .thenCompose(seen -> decisions.findChanged(decisionId, wait));
        return explained
                ? changed.thenCompose(found -> reads.read(() -> view(found, principal, true)))
                : changed.thenApply(found -> view(found, principal, false));
    }

    /** @throws Refusal when there is none, or not for that reader */
    private DecisionView view(Optional<RecordedDecision> recorded, Principal reader, boolean explained) {
        return recorded.filter(found -> reader.sees(found.agent()))
                .map(found -> explained ? explainer.read(found) : DecisionView.read(found))
                .orElseThrow(DecisionResource::unknown);
    }

    static Refusal unknown() {
        return new Refusal(
                Refusal.Kind.NOT_FOUND, "UNKNOWN_DECISION", "There is no such decision, or not for this key.");
    }

    @GET
    @Path("/decisions")
    @Blocking
    @Operation(
            operationId = "searchDecision",
            summary = "Search decisions",
            description = "Newest first. What was acknowledged before the call is found.")
    @Tag(name = "Decisions")
    @Parameter(
            name = "agent",
            in = ParameterIn.QUERY,
            description = "agent id",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "action",
            in = ParameterIn.QUERY,
            description = "action type",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "subject",
            in = ParameterIn.QUERY,
            description = "type/id, type:id or the bare id",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "mode",
            in = ParameterIn.QUERY,
            description = "AUTONOMOUS, HUMAN_IN_THE_LOOP or HUMAN_IN_CONTROL",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "rule",
            in = ParameterIn.QUERY,
            description = "a rule id that must be among the matched",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "trace",
            in = ParameterIn.QUERY,
            description = "trace id",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "enforced",
            in = ParameterIn.QUERY,
            description = "`false`: only those that were observed; `true`: only those that bound the agent",
            schema = @Schema(type = SchemaType.STRING))
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "DecisionPage")))
    public CompletionStage<Response> search(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        Principal principal = Callers.principal(routing);
        DecisionQuery asked = new DecisionQuery(
                query.text("agent"),
                query.text("action"),
                query.text("subject"),
                query.oneOf("mode", Mode.class),
                query.text("rule"),
                query.text("trace"),
                query.choice("enforced"),
                query.time("from"),
                query.time("to"),
                principal.visibleAgents().orElse(Set.of()),
                query.before(),
                limit);
        query.nothingElse();
        return callers.read(
                routing,
                reader -> Page.answer(
                        decisions.search(asked), limit, uri, DecisionResource::position, DecisionView::listed));
    }

    private static long position(RecordedDecision found) {
        Decision.Place place = found.decision().place();
        return place == null ? 0 : place.index();
    }

    /**
     * The answers of a batch, in the order of its proposals.
     *
     * @param verdicts each a {@link DecisionView} or a {@link io.leeway.api.problem.Problem}
     */
    record BatchView(List<Object> verdicts) {}
}
