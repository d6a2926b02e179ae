package io.leeway.decision;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.Replica;
import io.leeway.model.Refusal;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that changes state waits for its turn. One thread takes what is waiting and runs it in one transaction
 * at the head of the ledger; a batch starts when the last one ends, so a lone request waits for nothing.
 *
 * <p>What people set goes before proposals and has places of its own: a stop waits for the batch that is under way and for
 * nothing else. Proposals are refused once they would wait too long.
 *
 * <p>Two things do not depend on that thread: a caller is told after {@link #PATIENCE} that there is no verdict, and a
 * worker without progress for {@link #STUCK} is abandoned with its connection, and another takes its place.
 */
@ApplicationScoped
public class Lane {
    /** How long a caller waits at most. */
    static final Duration PATIENCE = Duration.ofMillis(1500);

    /** How long a worker may take for one step. */
    static final Duration STUCK = Duration.ofMillis(1100);

    /** How long a proposal may be going to wait; what one batch takes is let in however slow the last one was. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final Ledger ledger;
    private final Decider decider;
    private final List<Replica> replicas;
    private final LaneConfig config;
    private final LaneQueue queue;
    private final ScheduledExecutorService watch;
    private final DistributionSummary batchSizes;
    private final Timer headWait;
    private volatile @Nullable LaneWorker worker;
    private volatile boolean closed = true;

    Lane(Ledger ledger, Decider decider, @All List<Replica> replicas, LaneConfig config, MeterRegistry metrics) {
        this.ledger = ledger;
        this.decider = decider;
        this.replicas = List.copyOf(replicas);
        this.config = config;
        this.queue = new LaneQueue(config.queue());
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "lane-watch"));
        this.batchSizes = DistributionSummary.builder("leeway.lane.batch")
                .description("Pieces of work in one transaction")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(metrics);
        this.headWait = Timer.builder("leeway.lane.head.wait")
                .description("Wait for the locked head row")
                .publishPercentileHistogram()
                .register(metrics);
        metrics.gauge("leeway.lane.queue", queue, LaneQueue::proposals);
    }

    /** Starts taking work. */
    public void start() {
        closed = false;
        startWorker();
        watch.scheduleWithFixedDelay(this::watch, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes no more work, does what is waiting for at most that long, and ends; once more does nothing. */
    public void drain(Duration patience) {
        closed = true;
        LaneWorker last = worker;
        if (last != null) {
            last.finish(patience);
        }
        watch.shutdownNow();
        queue.all().forEach(task -> task.fail(unavailable("SHUTTING_DOWN", "The service is shutting down.")));
    }

    /**
     * Runs the work in one place of the total order, ahead of the proposals that wait.
     *
     * @return completes once the work is durable; exceptionally with a {@link Refusal}, which is {@code UNAVAILABLE} when
     *     nothing could be recorded
     */
    public <T> CompletableFuture<T> run(Caller caller, Work<T> work) {
        return submit(new Task.Perform<>(caller, work, true));
    }

    /** The same in turn with the proposals, for what agents ask. */
    public <T> CompletableFuture<T> runInTurn(Caller caller, Work<T> work) {
        return submit(new Task.Perform<>(caller, work, false));
    }

    <T> CompletableFuture<T> submit(Task<T> task) {
        if (closed) {
            task.fail(unavailable("SHUTTING_DOWN", "The service is not taking work."));
        } else if (!enqueue(task)) {
            task.fail(overloaded());
        } else if (closed && queue.remove(task)) {
            // The lane closed between the look and the offer, and nobody may be left to take it.
            task.fail(unavailable("SHUTTING_DOWN", "The service is not taking work."));
        }
        return task.future();
    }

    /**
     * Whether one more proposal would wait too long behind those, however far each of them has come (Little's law: they are
     * done at the rate of the last batch). Cheap, so that it can be asked before the proposal is read.
     *
     * @param present proposals that are being worked on or wait
     */
    public boolean isOverloadedBy(int present) {
        LaneWorker current = worker;
        long each = current == null ? 0 : current.nanosEach();
        return present >= config.queue() || (present >= config.batch() && present * each > LONGEST_WAIT.toNanos());
    }

    private boolean enqueue(Task<?> task) {
        return (task.isControl() || !isOverloadedBy(queue.proposals())) && queue.offer(task);
    }

    /** What it is then refused with. */
    public static Refusal overloaded() {
        return new Refusal(
                Refusal.Kind.OVERLOADED,
                "OVERLOADED",
                "More is waiting than can be decided in time. There is no verdict: treat the action as human in control.");
    }

    static Refusal unavailable(String code, String what) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE, code, what + " There is no verdict: treat the action as human in control.");
    }

    private void startWorker() {
        LaneWorker next = new LaneWorker(ledger, decider, replicas, queue, config.batch(), batchSizes, headWait);
        daemon(next, "lane").start();
        worker = next;
    }

    private void watch() {
        try {
            long now = System.nanoTime();
            LaneWorker current = worker;
            for (Task<?> task : queue.all()) {
                if (now - task.submitted() >= PATIENCE.toNanos()) {
                    tooLate(task);
                }
            }
            if (current == null) {
                return;
            }
            for (Task<?> task : current.inHand()) {
                if (now - task.submitted() >= PATIENCE.toNanos()) {
                    tooLate(task);
                }
            }
            boolean stuck = current.isStuck(now, STUCK);
            if (stuck) {
                LOG.error("the lane made no progress for over a second; it is abandoned with its connection");
                current.abandon();
            }
            if (!closed && (stuck || current.hasEnded())) {
                startWorker();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the lane's watch failed once", e);
        }
    }

    private static void tooLate(Task<?> task) {
        Refusal heldUp = task.heldUp();
        task.fail(heldUp == null ? unavailable("LEDGER_UNAVAILABLE", "The ledger could not record in time.") : heldUp);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
