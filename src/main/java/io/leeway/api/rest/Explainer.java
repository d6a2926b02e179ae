package io.leeway.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.decision.Decision;
import io.leeway.decision.Decisions;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.Simulation;
import io.leeway.evidence.Explanations;
import io.leeway.evidence.WhyNot;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Adds to answers what {@code explain=full} asks for, with the capacity of those who read and never the lane's. */
@ApplicationScoped
class Explainer {
    private static final Logger LOG = Logger.getLogger(Explainer.class);

    private final Decisions decisions;
    private final Explanations explanations;
    private final Reads reads;
    private final ObjectMapper json;

    Explainer(Decisions decisions, Explanations explanations, Reads reads, ObjectMapper json) {
        this.decisions = decisions;
        this.explanations = explanations;
        this.reads = reads;
        this.json = json;
    }

    /**
     * Whether a request asks for it; one without a query, like most, pays nothing for the question.
     *
     * @throws Refusal when its query asks for anything else
     */
    static boolean isAskedFor(UriInfo uri, RoutingContext routing) {
        if (routing.request().query() == null) {
            return false;
        }
        Query query = new Query(uri);
        boolean asked = query.explained();
        query.nothingElse();
        return asked;
    }

    /** A decision that was just made, out of its record. The verdict is answered even when it cannot be explained. */
    CompletableFuture<byte[]> decided(Decision decision) {
        UUID id = decision.id();
        return reads.read(() -> (id == null ? Optional.<RecordedDecision>empty() : decisions.find(id))
                        .map(found -> explanations.whyNot(decision, found.facts()))
                        .orElseThrow(() -> new IllegalStateException("a decision that was made is not recorded")))
                .exceptionally(Explainer::unexplained)
                .thenApply(whyNot -> bytes(DecisionView.of(decision, whyNot)));
    }

    /** An answer that is recorded nowhere. */
    CompletableFuture<DecisionView> simulated(Simulation simulation) {
        return reads.read(() -> DecisionView.of(
                simulation.decision(),
                explanations.whyNot(simulation.decision(), simulation.facts().get())));
    }

    /** A decision that is read. */
    DecisionView read(RecordedDecision found) {
        return DecisionView.read(found, explanations.whyNot(found.decision(), found.facts()));
    }

    private static WhyNot unexplained(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Refusal)) {
            LOG.error("a decision could not be explained", cause);
        }
        return WhyNot.unknown("The verdict stands, but it cannot be explained at the moment. Read the decision with"
                + " `explain=full` later.");
    }

    private byte[] bytes(DecisionView view) {
        try {
            return json.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts can be written", e);
        }
    }
}
