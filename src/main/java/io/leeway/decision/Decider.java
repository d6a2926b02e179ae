package io.leeway.decision;

import io.leeway.activity.Traces;
import io.leeway.control.EmergencyStop;
import io.leeway.control.Stages;
import io.leeway.control.Stop;
import io.leeway.control.Stops;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Proposal;
import io.leeway.model.StopLevel;
import io.leeway.policy.release.ActivePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the circumstances of a proposal at a place of the order. */
@ApplicationScoped
class Decider {
    private final ActivePolicy activePolicy;
    private final Stops stops;
    private final Stages stages;
    private final EmergencyStop emergencyStop;

    Decider(ActivePolicy activePolicy, Stops stops, Stages stages, EmergencyStop emergencyStop) {
        this.activePolicy = activePolicy;
        this.stops = stops;
        this.stages = stages;
        this.emergencyStop = emergencyStop;
    }

    /**
     * What the proposal sees at the transaction's position.
     *
     * @throws io.leeway.model.Refusal under an emergency stop, and when the active version is not compiled here yet
     */
    Circumstances circumstances(LedgerTransaction tx, Traces traces, Submission submission) {
        emergencyStop.refuseIfEngaged();
        Proposal proposal = submission.proposal();
        Traces.Step step = submission.step();
        return new Circumstances(
                tx.now(),
                stages.stageOf(proposal.agent().id(), proposal.action().type(), tx.now()),
                inScope(proposal),
                step == null ? 0 : traces.depthOf(step),
                step == null ? 0 : traces.repeatsOf(step),
                activePolicy.at(tx));
    }

    private List<StopInScope> inScope(Proposal proposal) {
        List<Stop> found = stops.inScope(proposal);
        return found.isEmpty() ? List.of() : found.stream().map(StopInScope::of).toList();
    }

    /** Whether the version that is active at the transaction's position can decide in this process. */
    boolean isReady(LedgerTransaction tx) {
        return activePolicy.isReady(tx);
    }

    /** Sees to it that it can, and waits until it can, or for that long. */
    void awaitPolicy(Duration patience) throws InterruptedException {
        activePolicy.awaitLoading(patience);
    }

    /** How hard the hardest stop holds the proposal now; null when none does. */
    @Nullable
    StopLevel stopped(Submission submission) {
        emergencyStop.refuseIfEngaged();
        return StopInScope.hardest(inScope(submission.proposal()));
    }

    /** The drills that whoever sent the proposal is to be told of. */
    List<StopInScope> drills(Submission submission) {
        List<Stop> found = stops.drills(submission.proposal());
        return found.isEmpty() ? List.of() : found.stream().map(StopInScope::of).toList();
    }
}
