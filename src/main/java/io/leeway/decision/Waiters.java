package io.leeway.decision;

import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Callers that wait for a decision to change. Any replica may bring the change about, so the ledger is asked again every
 * {@link #POLL}: by one thread, once for each decision that somebody waits for, whatever the number of callers.
 */
final class Waiters {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int LIMIT = 500;

    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "decision-waiters");
        thread.setDaemon(true);
        return thread;
    });

    private record Waiter(
            UUID id,
            DecisionState seen,
            long end,
            Function<UUID, Optional<RecordedDecision>> find,
            CompletableFuture<Optional<RecordedDecision>> future) {}

    Waiters() {
        poller.scheduleWithFixedDelay(this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completes when the state is no longer {@code seen}, or the patience ends. */
    CompletableFuture<Optional<RecordedDecision>> await(
            UUID id, DecisionState seen, Duration patience, Function<UUID, Optional<RecordedDecision>> find) {
        if (count.incrementAndGet() > LIMIT) {
            count.decrementAndGet();
            throw new Refusal(Refusal.Kind.OVERLOADED, "OVERLOADED", "Too many callers wait for decisions already.");
        }
        Waiter waiter = new Waiter(id, seen, System.nanoTime() + patience.toNanos(), find, new CompletableFuture<>());
        waiting.add(waiter);
        // The look at the end of the patience may hang, like any other.
        return Reads.within(waiter.future(), patience.plus(Reads.PATIENCE));
    }

    private void poll() {
        Map<UUID, Optional<RecordedDecision>> found = new HashMap<>();
        waiting.removeIf(waiter -> {
            if (waiter.future().isDone()) {
                count.decrementAndGet();
                return true;
            }
            try {
                var decision = found.computeIfAbsent(waiter.id(), waiter.find());
                boolean changed =
                        decision.isEmpty() || decision.get().decision().state() != waiter.seen();
                if (!changed && System.nanoTime() < waiter.end()) {
                    return false;
                }
                waiter.future().completeAsync(() -> decision);
            } catch (RuntimeException e) {
                waiter.future().completeExceptionally(e);
            }
            count.decrementAndGet();
            return true;
        });
    }
}
