package io.leeway.api.rest;

import io.leeway.api.json.Scalars;
import io.leeway.decision.Decisions;
import io.leeway.decision.RecordedDecision;
import io.leeway.evidence.Explanations;
import io.leeway.model.Refusal;
import io.leeway.security.Principal;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
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
import org.jspecify.annotations.Nullable;

/** Everything that can be said about a decision. */
@Path("/v1/decisions/{id}/explanation")
@Produces(MediaType.APPLICATION_JSON)
class ExplanationResource {
    private final Decisions decisions;
    private final Explanations explanations;
    private final Callers callers;

    ExplanationResource(Decisions decisions, Explanations explanations, Callers callers) {
        this.decisions = decisions;
        this.explanations = explanations;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "explainDecision",
            summary = "Explain a decision",
            description =
                    "Which rows nearly matched, what would have given a less strict mode, who answers for what, and the whole in plain paragraphs. Out of the recorded facts and the policy version that decided; without them, what is recorded.")
    @Tag(name = "Decisions")
    @APIResponse(
            responseCode = "200",
            description = "The explanation",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExplanationView.class)))
    public CompletionStage<ExplanationView> explain(
            @PathParam("id") String id, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        UUID decisionId = Scalars.uuid(id);
        return callers.read(routing, reader -> ExplanationView.of(explanations.explain(visible(decisionId, reader))));
    }

    /** @throws Refusal when there is none, or not for that reader */
    private RecordedDecision visible(@Nullable UUID id, Principal reader) {
        return (id == null ? Optional.<RecordedDecision>empty() : decisions.find(id))
                .filter(found -> reader.sees(found.agent()))
                .orElseThrow(DecisionResource::unknown);
    }
}
