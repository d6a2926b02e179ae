package io.leeway.api.events;

import io.leeway.security.Principal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One reader of events. It is handed as much as it has room for, so that nothing piles up for one that is slow; and dropped
 * once it takes nothing at all for a while. Its methods are called by the feed's one thread, {@link #multi} by another.
 */
final class Subscriber {
    /** Events that may wait for a subscriber. */
    static final int ROOM = 64;

    private static final long LIVE = -1;

    private final Principal reader;
    private final Duration patience;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long taken = System.nanoTime();
    private volatile @Nullable MultiEmitter<? super SentEvent> emitter;
    private long next;
    private boolean greeted;

    /** @param next position from which on it wants to know; null for what is new */
    Subscriber(Principal reader, @Nullable Long next, Duration patience) {
        this.reader = reader;
        this.next = next == null ? LIVE : next;
        this.patience = patience;
    }

    /** What it gets, once somebody listens. */
    Multi<SentEvent> multi(Runnable onStart, Runnable onEnd) {
        return Multi.createFrom()
                .<SentEvent>emitter(made -> {
                    emitter = made;
                    onStart.run();
                })
                .onItem()
                .invoke(event -> {
                    waiting.decrementAndGet();
                    taken = System.nanoTime();
                })
                .onTermination()
                .invoke(onEnd);
    }

    Principal reader() {
        return reader;
    }

    /** Where it reads on; call {@link #greet} before. */
    long next() {
        return next;
    }

    /** Its first event says from where on it is told. */
    void greet(long head) {
        if (!greeted) {
            greeted = true;
            next = next == LIVE ? head : Math.min(next, head);
            send(SentEvent.ready(next - 1));
        }
    }

    /** Whether it can be told more. */
    boolean hasRoom() {
        return waiting.get() < ROOM;
    }

    /** @param end position up to which these are all there are */
    void take(List<LedgerEvent> events, long end) {
        for (LedgerEvent event : events) {
            if (event.isFor(reader)) {
                if (!hasRoom()) {
                    next = event.position();
                    return;
                }
                send(SentEvent.of(event));
            }
        }
        next = end;
    }

    void beat() {
        if (waiting.get() == 0) {
            send(SentEvent.HEARTBEAT);
        }
    }

    /** Whether something has waited for it too long. */
    boolean isStuck(long now) {
        return waiting.get() > 0 && now - taken > patience.toNanos();
    }

    /** Ends it. Whoever still wants to know comes again, and names the last event that he got. */
    void drop() {
        MultiEmitter<? super SentEvent> open = emitter;
        if (open != null) {
            open.complete();
        }
    }

    private void send(SentEvent event) {
        MultiEmitter<? super SentEvent> open = emitter;
        if (open != null) {
            if (waiting.getAndIncrement() == 0) {
                taken = System.nanoTime();
            }
            open.emit(event);
        }
    }
}
