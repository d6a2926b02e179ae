package io.leeway.decision;

import io.leeway.activity.FullJournals;
import io.leeway.activity.KeptSeries;
import io.leeway.activity.RecentActivity;
import io.leeway.activity.SeriesFilling;
import io.leeway.activity.Traces;
import io.leeway.control.EmergencyStop;
import io.leeway.control.Stages;
import io.leeway.control.Stop;
import io.leeway.control.Stops;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Proposal;
import io.leeway.model.StopLevel;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the circumstances of a proposal at a place of the order. */
@ApplicationScoped
class Decider {
    private final ActivePolicy activePolicy;
    private final Stops stops;
    private final Stages stages;
    private final KeptSeries kept;
    private final SeriesFilling filling;
    private final FullJournals fullJournals = new FullJournals();
    private final EmergencyStop emergencyStop;

    Decider(
            ActivePolicy activePolicy,
            Stops stops,
            Stages stages,
            KeptSeries kept,
            SeriesFilling filling,
            EmergencyStop emergencyStop) {
        this.activePolicy = activePolicy;
        this.stops = stops;
        this.stages = stages;
        this.kept = kept;
        this.filling = filling;
        this.emergencyStop = emergencyStop;
    }

    /**
     * What the proposal sees at the transaction's position.
     *
     * @throws io.leeway.model.Refusal under an emergency stop, and when the active version is not compiled here yet
     */
    Circumstances circumstances(LedgerTransaction tx, Traces traces, RecentActivity activity, Submission submission)
            throws SQLException {
        emergencyStop.refuseIfEngaged();
        Proposal proposal = submission.proposal();
        Traces.Step step = submission.step();
        CompiledPolicy policy = activePolicy.at(tx);
        return new Circumstances(
                tx.now(),
                stages.stageOf(proposal.agent().id(), proposal.action().type(), tx.now()),
                inScope(proposal),
                step == null ? 0 : traces.depthOf(step),
                step == null ? 0 : traces.repeatsOf(step),
                policy == null
                        ? Activity.NONE
                        : activity.before(
                                tx,
                                submission.event(),
                                policy.activityQuestions().of(proposal.action().type())),
                policy);
    }

    private List<StopInScope> inScope(Proposal proposal) {
        List<Stop> found = stops.inScope(proposal);
        return found.isEmpty() ? List.of() : found.stream().map(StopInScope::of).toList();
    }

    /** Whether the version that is active at the transaction's position can decide in this process. */
    boolean isReady(LedgerTransaction tx) throws SQLException {
        return activePolicy.isReady(tx) && filling.prepare(tx, asked(activePolicy.at(tx)));
    }

    /** What the active version most likely asks about such an action: it may have changed since this process looked. */
    Set<ActivityQuery> expectedQueries(String actionType) {
        CompiledPolicy policy = activePolicy.current();
        return policy == null ? Set.of() : policy.activityQuestions().of(actionType);
    }

    private static Set<ActivityQuery> asked(@Nullable CompiledPolicy policy) {
        return policy == null ? Set.of() : policy.activityQuestions().all();
    }

    /** The memory of activity for one transaction. */
    RecentActivity activity(String realm) {
        return new RecentActivity(realm, kept, fullJournals);
    }

    /** Sees to it that it can, and waits until it can, or for that long. */
    void awaitPolicy(Duration patience) throws InterruptedException {
        activePolicy.awaitLoading(patience);
        filling.await(patience);
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
