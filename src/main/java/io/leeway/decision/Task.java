package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Refusal;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work in the lane, and who waits for it. Its outcome is fixed when it has run, and told when it is durable.
 */
abstract class Task<T> {
    private final Caller caller;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final long submitted = System.nanoTime();
    private volatile @Nullable Refusal heldUp;
    private @Nullable T value;
    private @Nullable Refusal refusal;

    Task(Caller caller) {
        this.caller = caller;
    }

    abstract T perform(LedgerTransaction tx, DecisionBatch batch) throws SQLException;

    /** The proposal that it decides, null for other work. */
    @Nullable
    Submission submission() {
        return null;
    }

    /** Whether it goes ahead of proposals. */
    boolean isControl() {
        return false;
    }

    final void run(LedgerTransaction tx, DecisionBatch batch) throws SQLException {
        value = null;
        refusal = null;
        try {
            if (!caller.stillValid().test(tx.now())) {
                throw new Refusal(
                        Refusal.Kind.UNAUTHENTICATED, "KEY_NOT_VALID", "The credential was revoked or has expired.");
            }
            value = perform(tx, batch);
        } catch (Refusal e) {
            refusal = e;
        }
    }

    /** Tells the caller what came of it; call once it is durable. */
    final void tell() {
        if (refusal != null) {
            future.completeExceptionally(refusal);
        } else {
            future.complete(value);
        }
    }

    final void fail(Throwable cause) {
        future.completeExceptionally(cause);
    }

    /** Notes what it waits for, so that its caller is told when he has waited too long. */
    final void heldUpBy(Refusal reason) {
        heldUp = reason;
    }

    /** What it was seen to wait for last; null for its turn alone. */
    final @Nullable Refusal heldUp() {
        return heldUp;
    }

    /** Whether nobody waits any more. */
    final boolean isOver() {
        return future.isDone();
    }

    final long submitted() {
        return submitted;
    }

    final Caller caller() {
        return caller;
    }

    final CompletableFuture<T> future() {
        return future;
    }

    /** Decides a proposal. */
    static final class Propose extends Task<Decision> {
        private final Submission submission;

        Propose(Caller caller, Submission submission) {
            super(caller);
            this.submission = submission;
        }

        @Override
        Decision perform(LedgerTransaction tx, DecisionBatch batch) throws SQLException {
            return batch.decide(submission, caller());
        }

        @Override
        Submission submission() {
            return submission;
        }
    }

    /** Does what a feature handed in. */
    static final class Perform<T> extends Task<T> {
        private final Work<T> work;
        private final boolean control;

        Perform(Caller caller, Work<T> work, boolean control) {
            super(caller);
            this.work = work;
            this.control = control;
        }

        @Override
        boolean isControl() {
            return control;
        }

        @Override
        T perform(LedgerTransaction tx, DecisionBatch batch) throws SQLException {
            return work.run(tx);
        }
    }

    /** Reads the circumstances of a proposal that is only simulated. */
    static final class Look extends Task<Look.Seen> {
        private final Submission submission;

        /**
         * @param observed whether a decision would not be enforced
         * @param drills that a decision would tell of
         */
        record Seen(Circumstances circumstances, boolean observed, List<StopInScope> drills) {}

        Look(Caller caller, Submission submission) {
            super(caller);
            this.submission = submission;
        }

        @Override
        Seen perform(LedgerTransaction tx, DecisionBatch batch) throws SQLException {
            return new Seen(
                    batch.circumstances(submission),
                    caller().observedBy().apply(tx.now()) != null,
                    batch.drills(submission));
        }

        @Override
        Submission submission() {
            return submission;
        }
    }
}
