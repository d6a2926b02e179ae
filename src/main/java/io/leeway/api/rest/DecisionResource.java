package io.leeway.api.rest;

import io.leeway.api.json.ProposalReader;
import io.leeway.api.json.Scalars;
import io.leeway.api.problem.ProblemMapping;
import io.leeway.decision.Decision;
import io.leeway.decision.DecisionQuery;
import io.leeway.decision.Decisions;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.SentProposal;
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

/** Proposing, and reading what was decided. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
class DecisionResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Proposals proposals;
    private final Decisions decisions;
    private final Callers callers;

    DecisionResource(Proposals proposals, Decisions decisions, Callers callers) {
        this.proposals = proposals;
        this.decisions = decisions;
        this.callers = callers;
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    public CompletionStage<DecisionView> decide(byte[] body, @Context RoutingContext routing) {
        return proposals.decide(ProposalReader.read(body), routing);
    }

    @POST
    @Path("/decisions/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    public CompletionStage<BatchView> decideBatch(byte[] body, @Context RoutingContext routing) {
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
                ? proposals.decide(sent, routing)
                : CompletableFuture.failedFuture(
                        refusal != null ? refusal : new IllegalStateException("an item is one or the other"));
        return decided.handle((view, failure) -> failure == null ? view : ProblemMapping.of(failure));
    }

    @GET
    @Path("/decisions/{id}")
    @Blocking
    public DecisionView find(@PathParam("id") String id, @Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        query.duration("wait", LONGEST_WAIT);
        query.nothingElse();
        Principal reader = callers.reader(routing);
        UUID decisionId = Scalars.uuid(id);
        return (decisionId == null ? Optional.<RecordedDecision>empty() : decisions.find(decisionId))
                .filter(found -> reader.sees(found.agent()))
                .map(found -> DecisionView.read(found.decision()))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND, "UNKNOWN_DECISION", "There is no such decision, or not for this key."));
    }

    @GET
    @Path("/decisions")
    @Blocking
    public Response search(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        Principal reader = callers.reader(routing);
        DecisionQuery asked = new DecisionQuery(
                query.text("agent"),
                query.text("action"),
                query.text("subject"),
                query.oneOf("mode", Mode.class),
                query.text("rule"),
                query.text("trace"),
                query.time("from"),
                query.time("to"),
                reader.visibleAgents().orElse(Set.of()),
                query.before(),
                limit);
        query.nothingElse();
        return Page.answer(
                decisions.search(asked),
                limit,
                uri,
                DecisionResource::position,
                found -> DecisionView.read(found.decision()));
    }

    private static long position(RecordedDecision found) {
        Decision.Place place = found.decision().place();
        return place == null ? 0 : place.index();
    }

    @POST
    @Path("/simulations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public DecisionView simulate(byte[] body, @Context RoutingContext routing) {
        SentProposal sent = ProposalReader.read(body);
        String agent = sent.proposal().agent().id();
        if (!Callers.principal(routing).sees(agent)) {
            throw Proposals.notOfKey(agent);
        }
        return DecisionView.of(decisions.simulate(sent, callers.caller(routing)));
    }

    /**
     * The answers of a batch, in the order of its proposals.
     *
     * @param verdicts each a {@link DecisionView} or a {@link io.leeway.api.problem.Problem}
     */
    record BatchView(List<Object> verdicts) {}
}
