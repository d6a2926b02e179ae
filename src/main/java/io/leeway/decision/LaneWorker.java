package io.leeway.decision;

import io.leeway.activity.RecentActivity;
import io.leeway.activity.Traces;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerSession;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.ledger.Replica;
import io.leeway.model.Refusal;
import io.leeway.policy.release.ActivePolicy;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The thread of the lane: takes what is waiting, and runs it in one transaction at the head. */
final class LaneWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(LaneWorker.class);

    /** What one batch may spend on running its work; the rest waits for the next. */
    private static final long BATCH_NANOS = Duration.ofMillis(150).toNanos();

    /** Waiting for the head row so long pays for one more round trip. */
    private static final long LONG_WAIT = Duration.ofMillis(2).toNanos();

    /** How long to wait at a time for the active version to be compiled here; what people set is not to wait longer. */
    private static final Duration POLICY_WAIT = Duration.ofMillis(50);

    private static final Duration IDLE = Duration.ofMillis(200);

    private final Ledger ledger;
    private final Decider decider;
    private final List<Replica> replicas;
    private final LaneQueue queue;
    private final int limit;
    private final DistributionSummary batchSizes;
    private final Timer headWait;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable LedgerSession session;
    private volatile List<Task<?>> inHand = List.of();
    /** When the present step began; 0 between batches. */
    private volatile long step;

    /** What a piece of work took in the last batch, its share of the commit included. */
    private volatile long nanosEach;

    /** How many of the next tasks get a transaction of their own. */
    private int alone;

    private volatile boolean abandoned;
    private volatile boolean finishing;

    LaneWorker(
            Ledger ledger,
            Decider decider,
            List<Replica> replicas,
            LaneQueue queue,
            int limit,
            DistributionSummary batchSizes,
            Timer headWait) {
        this.ledger = ledger;
        this.decider = decider;
        this.replicas = replicas;
        this.queue = queue;
        this.limit = limit;
        this.batchSizes = batchSizes;
        this.headWait = headWait;
    }

    @Override
    public void run() {
        try {
            // A worker before this one may have been abandoned in the middle of something.
            replicas.forEach(Replica::forget);
            while (!abandoned && !(finishing && queue.isEmpty())) {
                List<Task<?>> tasks = take();
                if (!tasks.isEmpty()) {
                    work(tasks);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            endSession(LedgerSession::close);
            ended.countDown();
        }
    }

    /** What is waiting, and is still waited for; empty after a moment without work. */
    private List<Task<?>> take() throws InterruptedException {
        List<Task<?>> tasks = queue.take(alone > 0 ? 1 : limit, IDLE);
        alone = Math.max(0, alone - 1);
        tasks.removeIf(Task::isOver);
        return tasks;
    }

    private void work(List<Task<?>> first) throws InterruptedException {
        inHand = first;
        try {
            int done = transact();
            inHand.subList(0, done).forEach(Task::tell);
            queue.putBack(inHand.subList(done, inHand.size()));
            if (done == 0) {
                decider.awaitPolicy(POLICY_WAIT);
            }
        } catch (Refusal e) {
            undo();
            inHand.forEach(task -> task.fail(e));
        } catch (SQLException e) {
            undo();
            abortSession();
            LOG.warnf("the ledger could not record %d pieces of work: %s", inHand.size(), e.getMessage());
            if (isAboutOneTask(e)) {
                oneByOne(inHand, e);
            } else {
                fail(inHand, "LEDGER_UNAVAILABLE", "The ledger could not record.");
            }
        } catch (RuntimeException e) {
            undo();
            oneByOne(inHand, e);
        } catch (Error e) {
            // A lane that dies takes every later decision with it; this batch is told, the next one is tried.
            undo();
            abortSession();
            LOG.error("the lane met an error of the virtual machine", e);
            fail(inHand, "INTERNAL", "The work failed.");
        } finally {
            inHand = List.of();
            step = 0;
        }
    }

    /** Lets the innocent through: the tasks go back to the front and are tried alone. Nothing of them was kept. */
    private void oneByOne(List<Task<?>> tasks, Exception cause) {
        if (tasks.size() > 1) {
            queue.putBack(tasks);
            alone = tasks.size();
        } else {
            LOG.error("a piece of work failed", cause);
            fail(tasks, "INTERNAL", "The work failed.");
        }
    }

    private static void fail(List<Task<?>> tasks, String code, String what) {
        tasks.forEach(task -> task.fail(Lane.unavailable(code, what)));
    }

    /**
     * Runs what is in hand in order, as much as fits into the time, and makes it durable. Nothing of it while the active
     * version is not compiled here, which takes longer than the head row may be held.
     *
     * @return how many were run, from the front
     */
    private int transact() throws SQLException {
        Traces traces = new Traces(ledger.realm());
        RecentActivity activity = decider.activity(ledger.realm());
        long began = nextStep();
        LedgerTransaction tx = session().begin(keys(inHand), lookups(inHand, traces, activity));
        long locked = nextStep();
        headWait.record(locked - began, TimeUnit.NANOSECONDS);
        if (locked - began > LONG_WAIT) {
            takeMore(tx, traces, activity);
        }
        catchUp(tx);
        if (!decider.isReady(tx) && inHand.stream().anyMatch(task -> task.submission() != null)) {
            inHand.forEach(task -> task.heldUpBy(ActivePolicy.loadingRefusal()));
            // What it began so as to become ready is kept; nothing of the work has been done.
            tx.commit();
            return 0;
        }
        DecisionBatch batch = new DecisionBatch(decider, tx, traces, activity);
        List<Task<?>> tasks = inHand;
        int done = 0;
        while (done < tasks.size() && (done == 0 || nextStep() - locked < BATCH_NANOS)) {
            catchUp(tx);
            tasks.get(done++).run(tx, batch);
            if (abandoned) {
                throw new SQLException("this worker was abandoned");
            }
        }
        nextStep();
        batch.flush();
        tx.commit();
        batchSizes.record(done);
        nanosEach = (System.nanoTime() - began) / done;
        return done;
    }

    private void catchUp(LedgerTransaction tx) throws SQLException {
        for (Replica replica : replicas) {
            replica.catchUp(tx);
        }
    }

    /**
     * What came while another process held the head row goes along. Otherwise the turn would be as small as what began to
     * wait for it, and each process would need two for what fits into one.
     */
    private void takeMore(LedgerTransaction tx, Traces traces, RecentActivity activity) throws SQLException {
        if (abandoned || alone > 0 || inHand.stream().anyMatch(Task::isControl)) {
            return;
        }
        List<Task<?>> more = queue.takeProposals(limit - inHand.size());
        more.removeIf(Task::isOver);
        if (!more.isEmpty()) {
            List<Task<?>> all = new ArrayList<>(inHand);
            all.addAll(more);
            inHand = all;
            tx.lookUp(keys(more), lookups(more, traces, activity));
        }
    }

    private static List<byte[]> keys(List<Task<?>> tasks) {
        return tasks.stream()
                .map(Task::submission)
                .filter(Objects::nonNull)
                .map(Submission::idempotencyKey)
                .toList();
    }

    /** What the proposals among them will ask, as far as that is known before the lock. */
    private List<Lookup> lookups(List<Task<?>> tasks, Traces traces, RecentActivity activity) {
        List<Submission> submissions =
                tasks.stream().map(Task::submission).filter(Objects::nonNull).toList();
        List<Lookup> lookups = new ArrayList<>(traces.lookups(submissions.stream()
                .map(Submission::step)
                .filter(Objects::nonNull)
                .toList()));
        lookups.addAll(
                activity.lookups(submissions.stream().map(Submission::event).toList(), decider::expectedQueries));
        return lookups;
    }

    private long nextStep() {
        long now = System.nanoTime();
        step = now;
        return now;
    }

    private LedgerSession session() throws SQLException {
        LedgerSession open = session;
        if (open == null) {
            open = ledger.open();
            session = open;
            if (abandoned) {
                // Whoever gave up on this thread while it waited for the connection could not end it.
                throw new SQLException("this worker was abandoned");
            }
        }
        return open;
    }

    private void undo() {
        if (!abandoned) {
            // An abandoned worker's successor has forgotten already, and is not to be disturbed.
            replicas.forEach(Replica::forget);
        }
        LedgerSession open = session;
        if (open != null) {
            try {
                open.rollback();
            } catch (SQLException e) {
                LOG.debug("the connection is gone; so is its transaction", e);
                abortSession();
            }
        }
    }

    private void abortSession() {
        endSession(LedgerSession::abort);
    }

    private void endSession(Ending ending) {
        LedgerSession open = session;
        session = null;
        if (open != null) {
            try {
                ending.end(open);
            } catch (SQLException e) {
                LOG.debug("the connection was closed already", e);
            }
        }
    }

    @FunctionalInterface
    private interface Ending {
        void end(LedgerSession session) throws SQLException;
    }

    /** Data that the database refuses (class 22) or a constraint (class 23): the fault of one task, not of the ledger. */
    private static boolean isAboutOneTask(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    List<Task<?>> inHand() {
        return inHand;
    }

    long nanosEach() {
        return nanosEach;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    boolean isStuck(long now, Duration limit) {
        long began = step;
        return began != 0 && now - began > limit.toNanos();
    }

    /** Gives up on this thread: whatever it still does reaches neither ledger nor callers. */
    void abandon() {
        abandoned = true;
        fail(inHand, "LEDGER_UNAVAILABLE", "The ledger could not record in time.");
        LedgerSession open = session;
        if (open != null) {
            try {
                open.abort();
            } catch (SQLException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }

    void finish(Duration patience) {
        finishing = true;
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                abandon();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
    }
}
