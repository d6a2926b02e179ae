package io.leeway.policy.release;

import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where versions are checked, compared and compiled: work of seconds, of which one process does one at a time, so that
 * decisions keep the other cores and the memory.
 */
@ApplicationScoped
public class PolicyChecks {
    private static final int WAITING = 32;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), PolicyChecks::daemon);

    PolicyChecks() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** @return completes exceptionally with what the work throws, or with {@code OVERLOADED} when too many wait already */
    public <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(work.call());
                } catch (Throwable e) {
                    // Whatever it is, somebody waits to be told.
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new Refusal(
                    Refusal.Kind.OVERLOADED, "OVERLOADED", "Too many policy versions are being checked already."));
        }
        return answer;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "policy-check");
        thread.setDaemon(true);
        return thread;
    }
}
