package io.leeway.api.events;

import io.leeway.ledger.Ledger;
import io.leeway.model.Refusal;
import io.leeway.security.Authenticator;
import io.leeway.security.Principal;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger for everybody who subscribed: one thread, one reading for all who are at the same place, and those who are
 * up to date first. It reads nothing while nobody listens.
 */
@ApplicationScoped
public class EventFeed {
    /** Subscribers of one replica. */
    static final int LIMIT = 200;

    private static final Logger LOG = Logger.getLogger(EventFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Positions that one reading goes through. */
    private static final long PAGE = 10_000;
    /** Places that are read from in one turn. */
    private static final int PLACES = 16;

    private final Ledger ledger;
    private final Authenticator authenticator;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "event-feed");
        thread.setDaemon(true);
        return thread;
    });
    private long beaten = System.nanoTime();

    EventFeed(Ledger ledger, Authenticator authenticator) {
        this.ledger = ledger;
        this.authenticator = authenticator;
        reader.scheduleWithFixedDelay(this::look, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Everything from there on.
     *
     * @param next position of the first event that is wanted; null for what is new
     * @throws Refusal {@code OVERLOADED} when too many listen already
     */
    Multi<SentEvent> subscribe(Principal principal, @Nullable Long next) {
        if (subscribers.size() >= LIMIT || reader.isShutdown()) {
            throw new Refusal(Refusal.Kind.OVERLOADED, "OVERLOADED", "Too many listen to events here already.");
        }
        Subscriber subscriber = new Subscriber(principal, next, PATIENCE);
        return subscriber.multi(
                () -> {
                    subscribers.add(subscriber);
                    reader.execute(this::look);
                },
                () -> subscribers.remove(subscriber));
    }

    /** Ends every stream and takes no more, so that nobody who only listens keeps HTTP from ending. */
    public void close() {
        reader.shutdownNow();
        subscribers.forEach(this::drop);
    }

    private void look() {
        try {
            while (!subscribers.isEmpty() && deliver()) {
                dropStuck();
            }
            dropStuck();
            beat();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("events could not be read this time", e);
        }
    }

    /** @return whether somebody who has room is still behind */
    private boolean deliver() throws SQLException {
        long head = ledger.head().size();
        subscribers.forEach(one -> one.greet(head));
        List<Long> places = subscribers.stream()
                .filter(one -> one.hasRoom() && one.next() < head)
                .map(Subscriber::next)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(PLACES)
                .toList();
        for (long from : places) {
            long to = Math.min(head, from + PAGE);
            List<LedgerEvent> events = ledger.entries(LedgerEvent.kinds(), from, to).stream()
                    .map(LedgerEvent::of)
                    .toList();
            subscribers.stream().filter(one -> one.next() == from).forEach(one -> one.take(events, to));
        }
        return subscribers.stream().anyMatch(one -> one.hasRoom() && one.next() < head);
    }

    private void dropStuck() {
        long now = System.nanoTime();
        subscribers.stream().filter(one -> one.isStuck(now)).toList().forEach(this::drop);
    }

    private void drop(Subscriber one) {
        subscribers.remove(one);
        one.drop();
    }

    /** Keeps connections open, and ends those whose key does not hold any more. */
    private void beat() {
        long now = System.nanoTime();
        if (now - beaten < HEARTBEAT.toNanos()) {
            return;
        }
        beaten = now;
        Map<String, Boolean> live = new HashMap<>();
        for (Subscriber one : subscribers) {
            if (live.computeIfAbsent(one.reader().keyId(), authenticator::isLive)) {
                one.beat();
            } else {
                drop(one);
            }
        }
    }
}
