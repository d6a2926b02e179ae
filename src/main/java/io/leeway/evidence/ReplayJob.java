package io.leeway.evidence;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.DecisionEntries;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.policy.compile.CompiledPolicy;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One replay, waiting for its turn, under way or over. Safe for use by several threads at once. */
public final class ReplayJob {
    private static final Logger LOG = Logger.getLogger(ReplayJob.class);

    private final UUID id;
    private final PolicyReference policy;
    private final ReplayProgress progress = new ReplayProgress();
    private final CompletableFuture<ReplayResult> result = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile @Nullable String failure;

    ReplayJob(UUID id, PolicyReference policy) {
        this.id = id;
        this.policy = policy;
    }

    /** What has become of it. */
    public enum State {
        /** Another one is under way. */
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    public UUID id() {
        return id;
    }

    /** The version that is replayed. */
    public PolicyReference policy() {
        return policy;
    }

    public State state() {
        if (!result.isDone()) {
            return begun ? State.RUNNING : State.WAITING;
        }
        if (result.isCancelled()) {
            return State.CANCELLED;
        }
        return result.isCompletedExceptionally() ? State.FAILED : State.DONE;
    }

    public ReplayProgress progress() {
        return progress;
    }

    /** What came of it; null unless it is {@link State#DONE}. */
    public @Nullable ReplayResult result() {
        return state() == State.DONE ? result.join() : null;
    }

    /** Completes when it is over, in whatever way, with this job. */
    public CompletableFuture<ReplayJob> over() {
        return result.handle((done, failure) -> this);
    }

    /** Whether it is over. */
    public boolean isOver() {
        return result.isDone();
    }

    /** Ends it, unless it is over; at once for those who look, and before the next decision for the thread that works. */
    public void cancel() {
        progress.cancel();
        result.cancel(false);
    }

    /** Why it failed, in sentences for people; null unless it is {@link State#FAILED}. */
    public @Nullable String failure() {
        return failure;
    }

    void run(DecisionEntries entries, Supplier<CompiledPolicy> candidate, ReplayRange range) {
        begun = true;
        try {
            if (!isOver()) {
                result.complete(Replay.run(entries, candidate.get(), range, progress));
            }
        } catch (CancellationException e) {
            result.cancel(false);
        } catch (Refusal e) {
            fail(e.detail(), e);
        } catch (SQLException e) {
            LOG.warnf("the database failed the replay %s after %d decisions: %s", id, progress.done(), e.getMessage());
            fail(Reads.unreadable().detail(), e);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the replay %s failed after %d decisions", id, progress.done());
            fail("The service failed; its log has the reason under " + id + ".", e);
        }
    }

    private void fail(String words, Throwable cause) {
        failure = words;
        result.completeExceptionally(cause);
    }
}
