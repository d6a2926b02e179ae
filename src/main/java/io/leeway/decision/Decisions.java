package io.leeway.decision;

import io.leeway.control.EmergencyStop;
import io.leeway.control.Stops;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the edges call: propose, simulate, look up, search, consume. */
@ApplicationScoped
public class Decisions {
    private final Lane lane;
    private final Ledger ledger;
    private final DecisionSummaries summaries;
    private final PermitConsumption consumption;
    private final EmergencyStop emergencyStop;
    private final Stops stops;
    private final Reads reads;
    private final Waiters waiters = new Waiters();

    Decisions(
            Lane lane,
            Ledger ledger,
            DecisionSummaries summaries,
            PermitConsumption consumption,
            EmergencyStop emergencyStop,
            Stops stops,
            Reads reads) {
        this.lane = lane;
        this.ledger = ledger;
        this.summaries = summaries;
        this.consumption = consumption;
        this.emergencyStop = emergencyStop;
        this.stops = stops;
        this.reads = reads;
    }

    /**
     * Decides and records.
     *
     * @return completes once the decision is durable; exceptionally with a {@link Refusal}
     */
    public CompletableFuture<Decision> decide(SentProposal sent, Caller caller) {
        if (emergencyStop.isEngaged()) {
            return CompletableFuture.failedFuture(EmergencyStop.refusal());
        }
        return lane.submit(new Task.Propose(caller, Submission.of(ledger, sent)));
    }

    /**
     * The verdict that would be given now: under the same order, recorded nowhere. Blocks for one turn of the lane, and
     * evaluates on the calling thread.
     *
     * @throws Refusal as {@link #decide} would
     */
    public Simulation simulate(SentProposal sent, Caller caller) {
        emergencyStop.refuseIfEngaged();
        Submission submission = Submission.of(ledger, sent);
        Task.Look.Seen seen = join(lane.submit(new Task.Look(caller, submission)));
        Circumstances circumstances = seen.circumstances();
        Verdict verdict = Assessment.of(circumstances.derive(sent.proposal()), circumstances);
        Decision decision = DecisionRecord.decision(
                null,
                submission.actionDigest(),
                circumstances,
                verdict,
                VerdictJson.matched(verdict.matched()),
                null,
                null);
        return new Simulation(
                (seen.observed() ? decision.observed() : decision).telling(seen.drills()),
                () -> DecisionRecord.facts(submission, circumstances));
    }

    /** The decision with that id as it stands now, and what freezes it. Blocks. */
    public Optional<RecordedDecision> find(UUID id) {
        return summaries
                .find(PositionedId.positionOf(id))
                .filter(found -> id.equals(found.decision().id()))
                .map(found -> found.frozenBy(freezing(found)));
    }

    /** Stops that let nothing go: one that asks for approval of all asks for what a decision that waits waits for. */
    private List<StopInScope> freezing(RecordedDecision found) {
        byte[] facts = found.facts();
        if (facts == null || found.decision().state() != DecisionState.PENDING) {
            return List.of();
        }
        return stops.holding(RecordedFacts.read(facts).sent()).stream()
                .filter(stop -> !stop.level().lets(found.decision().verdict().mode()))
                .map(StopInScope::of)
                .toList();
    }

    /**
     * The decision once its state differs from the present one, or as it is when the patience ends.
     *
     * @return completes exceptionally with a {@link Refusal}: {@code OVERLOADED} when too many wait already
     */
    public CompletableFuture<Optional<RecordedDecision>> findChanged(UUID id, Duration patience) {
        return reads.read(() -> find(id))
                .thenCompose(first -> first.isEmpty()
                        ? CompletableFuture.completedFuture(first)
                        : waiters.await(id, first.get().decision().state(), patience, this::find));
    }

    /** Newest first. Blocks. */
    public List<RecordedDecision> search(DecisionQuery query) {
        return summaries.search(query);
    }

    /** Brings what is searched up to the ledger. Blocks. */
    public void follow() {
        summaries.follow();
    }

    /**
     * Uses a permit.
     *
     * @param agents whose permits the caller may use; empty for any
     * @return completes exceptionally with a {@link Refusal} that says why it cannot be used
     */
    public CompletableFuture<Consumption> consume(
            UUID permitId, String actionDigest, Set<String> agents, Caller caller) {
        if (emergencyStop.isEngaged()) {
            return CompletableFuture.failedFuture(EmergencyStop.refusal());
        }
        return lane.runInTurn(caller, tx -> consumption.consume(tx, permitId, actionDigest, agents, caller.actor()));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}
