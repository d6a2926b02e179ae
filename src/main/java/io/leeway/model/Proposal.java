package io.leeway.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * One proposed action: the only fact that table rows match on. Carries what was sent and, once the lane has called
 * {@link #at}, what was derived at the proposal's position in the ledger.
 */
public record Proposal(
        Action action, Agent agent, Subject subject, EvidenceSet evidence, Trace trace, Activity activity) {

    /** As it is sent: nothing is known of what was lately done. */
    public Proposal(Action action, Agent agent, Subject subject, EvidenceSet evidence, Trace trace) {
        this(action, agent, subject, evidence, trace, Activity.NONE);
    }

    /**
     * This proposal as the lane sees it.
     *
     * @param now the ledger's time at the position
     * @param stage what the agent has earned for this action type
     * @param schemas the evidence schemas that the active version requires, by evidence name
     * @param depth causal depth in the trace
     * @param repeats earlier occurrences of the same action in the trace
     * @param activity what was done before
     */
    public Proposal at(
            Instant now, Stage stage, Map<String, String> schemas, long depth, long repeats, Activity activity) {
        return new Proposal(
                action,
                new Agent(agent.id(), agent.operator(), agent.onBehalfOf(), stage),
                subject,
                new EvidenceSet(evidence.items(), now, schemas),
                new Trace(
                        trace.id(),
                        trace.parent(),
                        trace.goal(),
                        BigDecimal.valueOf(depth),
                        BigDecimal.valueOf(repeats)),
                activity);
    }

    /** As {@link #at}, where nothing is known of what was done before. */
    public Proposal at(Instant now, Stage stage, Map<String, String> schemas, long depth, long repeats) {
        return at(now, stage, schemas, depth, repeats, Activity.NONE);
    }

    /** The ledger's time at this proposal's position; {@link Instant#MIN} before the lane has set it. */
    public Instant now() {
        return evidence.now();
    }
}
