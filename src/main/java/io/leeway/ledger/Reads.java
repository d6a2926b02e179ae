package io.leeway.ledger;

import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where calls that only read wait for the database, apart from everything that decides.
 *
 * <p>A database can fail to answer in ways that no timeout of its own covers: a network that swallows everything, a pool that
 * tries one dead connection after the other. So, as in the lane, whoever waits is told by a timer, after {@link #PATIENCE}.
 * And what hangs does so on threads of its own, fewer than there are connections: the lane finds one however many do.
 */
@ApplicationScoped
public class Reads {
    /** How long a caller waits at most; that of the lane. */
    public static final Duration PATIENCE = Duration.ofMillis(1500);

    /** Half of the connections in the pool. */
    private static final int THREADS = 8;

    private static final int WAITING = 1000;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Reads::daemon);

    Reads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads on another thread.
     *
     * @return completes exceptionally with what the work throws, or with a {@link Refusal}: {@code UNAVAILABLE} when it took
     *     too long, {@code OVERLOADED} when too many wait already
     */
    public <T> CompletableFuture<T> read(Callable<T> work) {
        return read(work, PATIENCE);
    }

    /** The same for somebody who rather waits a while than be told to try again. */
    public <T> CompletableFuture<T> read(Callable<T> work, Duration patience) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> run(work, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new Refusal(Refusal.Kind.OVERLOADED, "OVERLOADED", "More is waiting than can be read in time."));
        }
        return within(answer, patience);
    }

    /** The same future, which fails with a {@link Refusal} when it has not completed by then. */
    public static <T> CompletableFuture<T> within(CompletableFuture<T> answer, Duration patience) {
        return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            if (failure instanceof TimeoutException) {
                throw unreadable();
            }
            throw failure instanceof CompletionException known ? known : new CompletionException(failure);
        });
    }

    /** The ledger did not answer, or not in time. */
    public static Refusal unreadable() {
        return new Refusal(Refusal.Kind.UNAVAILABLE, "LEDGER_UNAVAILABLE", "The ledger cannot be read at the moment.");
    }

    private static <T> void run(Callable<T> work, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            answer.complete(work.call());
        } catch (Throwable e) {
            // Whatever it is, somebody waits to be told.
            answer.completeExceptionally(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ledger-read");
        thread.setDaemon(true);
        return thread;
    }
}
