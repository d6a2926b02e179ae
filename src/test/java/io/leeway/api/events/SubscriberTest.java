package io.leeway.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Actor;
import io.leeway.security.Principal;
import io.leeway.security.Role;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final List<LedgerEvent> MANY =
            LongStream.range(1_000, 1_200).mapToObj(SubscriberTest::event).toList();

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void isToldFirstFromWhereOn() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), null, LONG);
        AssertSubscriber<SentEvent> told = listen(subscriber, 10);
        subscriber.greet(1_000);
        subscriber.greet(2_000);
        assertThat(told.getItems()).containsExactly(SentEvent.ready(999));
        assertThat(subscriber.next()).isEqualTo(1_000);
    }

    @Test
    void aPlaceBeyondTheEndIsTheEnd() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), 5_000L, LONG);
        listen(subscriber, 10);
        subscriber.greet(1_000);
        assertThat(subscriber.next()).isEqualTo(1_000);
    }

    @Test
    void isHandedNoMoreThanItHasRoomForAndGoesOnThere() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), 1_000L, LONG);
        AssertSubscriber<SentEvent> told = listen(subscriber, 0);
        subscriber.greet(1_200);
        subscriber.take(MANY, 1_200);
        assertThat(subscriber.hasRoom()).isFalse();
        assertThat(subscriber.next()).isEqualTo(1_000 + Subscriber.ROOM - 1);
        while (subscriber.next() < 1_200) {
            told.request(Long.MAX_VALUE);
            assertThat(subscriber.hasRoom()).isTrue();
            subscriber.take(
                    MANY.stream()
                            .filter(one -> one.position() >= subscriber.next())
                            .toList(),
                    1_200);
        }
        assertThat(told.getItems().stream().skip(1).map(SentEvent::id))
                .isEqualTo(MANY.stream().map(LedgerEvent::position).toList());
    }

    @Test
    void isStuckWhenItTakesNothing() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), 1_000L, Duration.ofNanos(1));
        AssertSubscriber<SentEvent> told = listen(subscriber, 0);
        assertThat(subscriber.isStuck(System.nanoTime() + 1_000)).isFalse();
        subscriber.greet(1_000);
        assertThat(subscriber.isStuck(System.nanoTime() + 1_000)).isTrue();
        told.request(1);
        assertThat(subscriber.isStuck(System.nanoTime() + 1_000)).isFalse();
        subscriber.drop();
        told.assertCompleted();
        assertThat(ended).isTrue();
    }

    @Test
    void aSlowOneIsNotStuck() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), 1_000L, LONG);
        listen(subscriber, 0);
        subscriber.greet(1_000);
        assertThat(subscriber.isStuck(System.nanoTime())).isFalse();
    }

    @Test
    void aHeartbeatIsOnlyForThoseWhoTookEverything() {
        Subscriber subscriber = new Subscriber(reader(Set.of()), 1_000L, LONG);
        AssertSubscriber<SentEvent> told = listen(subscriber, 0);
        subscriber.greet(1_000);
        subscriber.beat();
        told.request(Long.MAX_VALUE);
        subscriber.beat();
        assertThat(told.getItems()).containsExactly(SentEvent.ready(999), SentEvent.HEARTBEAT);
    }

    @Test
    void isToldOfItsOwnAgentsAndOfWhatConcernsAny() {
        Subscriber subscriber = new Subscriber(reader(Set.of("own")), 1_000L, LONG);
        AssertSubscriber<SentEvent> told = listen(subscriber, 10);
        subscriber.greet(1_003);
        subscriber.take(
                List.of(
                        new LedgerEvent(1_000, "stop.placed", "own", "{}"),
                        new LedgerEvent(1_001, "stop.placed", "another", "{}"),
                        new LedgerEvent(1_002, "stop.placed", null, "{}")),
                1_003);
        assertThat(told.getItems().stream().map(SentEvent::id)).containsExactly(999L, 1_000L, 1_002L);
        assertThat(subscriber.next()).isEqualTo(1_003);
    }

    private AssertSubscriber<SentEvent> listen(Subscriber subscriber, long requested) {
        return subscriber
                .multi(() -> {}, () -> ended.set(true))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(requested));
    }

    private static Principal reader(Set<String> agents) {
        return new Principal("k", new Actor(Actor.LEEWAY, "n"), Set.of(Role.AGENT), Set.of(), agents);
    }

    private static LedgerEvent event(long position) {
        return new LedgerEvent(position, "stop.placed", null, "{}");
    }
}
