package io.leeway.api.rest;

import io.leeway.decision.Decision;
import io.leeway.decision.Decisions;
import io.leeway.decision.SentProposal;
import io.leeway.model.Refusal;
import io.leeway.security.Principal;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Takes proposals from a request to the lane and brings the answers back to its event loop. */
@ApplicationScoped
class Proposals {
    private static final Logger LOG = Logger.getLogger(Proposals.class);
    private static final String DECISION_ID = "decisionId";

    private final Decisions decisions;
    private final Callers callers;
    private final DecisionMetrics metrics;

    Proposals(Decisions decisions, Callers callers, DecisionMetrics metrics) {
        this.decisions = decisions;
        this.callers = callers;
        this.metrics = metrics;
    }

    /** Completes on the request's event loop, exceptionally with a {@link Refusal}. */
    CompletableFuture<Decision> decide(SentProposal sent, RoutingContext routing) {
        Principal principal = Callers.principal(routing);
        String agent = sent.proposal().agent().id();
        if (!principal.actsFor(agent)) {
            return CompletableFuture.failedFuture(notOfKey(agent));
        }
        long started = System.nanoTime();
        String traceId = routing.get(Gate.TRACE_ID);
        return decisions
                .decide(sent, callers.caller(routing))
                .thenApplyAsync(
                        decision -> {
                            metrics.decided(decision, started);
                            log(decision, traceId);
                            return decision;
                        },
                        eventLoop(routing));
    }

    static Refusal notOfKey(String agent) {
        return new Refusal(
                Refusal.Kind.FORBIDDEN, "AGENT_NOT_OF_KEY", "This key does not speak for the agent `" + agent + "`.");
    }

    /** Where the request is worked on: so that rendering takes no time from the lane. */
    static Executor eventLoop(RoutingContext routing) {
        Context context = routing.get(Gate.CONTEXT);
        return task -> context.runOnContext(nothing -> task.run());
    }

    private static void log(Decision decision, @Nullable String traceId) {
        if (LOG.isDebugEnabled()) {
            MDC.put(DECISION_ID, String.valueOf(decision.id()));
            if (traceId != null) {
                MDC.put(Gate.TRACE_ID, traceId);
            }
            LOG.debugf("decided %s", decision.verdict().mode());
            MDC.remove(DECISION_ID);
        }
    }
}
