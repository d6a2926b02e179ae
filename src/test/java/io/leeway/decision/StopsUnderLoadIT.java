package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.testing.Latencies;
import io.leeway.testing.Load;
import io.leeway.testing.Load.Sent;
import io.leeway.testing.Protection;
import io.leeway.testing.Replicas;
import io.leeway.testing.Replicas.Answer;
import io.leeway.testing.SmallSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A stop that one process acknowledged holds what is sent to any process from then on. */
class StopsUnderLoadIT {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    private static final int CYCLES = FULL ? 500 : 12;
    /** Cycles before those that are timed: three virtual machines compile on the same cores. */
    private static final int WARMING = FULL ? 150 : 0;

    private static final int CLIENTS = FULL ? 21 : 4;
    /** In each such cycle another process is frozen while it holds the head row. */
    private static final int FREEZE_EVERY = 6;

    private static final int CONTROL_CYCLES = 50;
    /** No caller waits longer than this for the lane, whatever hangs. */
    private static final Duration BOUND = Lane.PATIENCE;

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicLong number = new AtomicLong();
    private final Latencies activation = new Latencies();
    private final Latencies activationWhileFrozen = new Latencies();
    private volatile int cycle;

    @Test
    void anAcknowledgedStopHoldsAtEveryReplica() throws Exception {
        Replicas replicas = Replicas.three();
        long from = replicas.size();
        stageAgents(replicas);
        try (Load load = new Load(replicas, CLIENTS, this::proposal)) {
            for (cycle = 0; cycle < WARMING + CYCLES; cycle++) {
                stopAndRelease(replicas, load, cycle % FREEZE_EVERY == FREEZE_EVERY - 1);
            }
        }
        System.out.println("stops, acknowledged: " + activation + "; while a frozen process held the head row: "
                + activationWhileFrozen);
        assertThat(violations(replicas, from)).isEmpty();
        assertThat(activation.max()).isLessThan(BOUND);
        assertThat(activationWhileFrozen.max()).isLessThan(BOUND);
    }

    @Test
    void withoutTheFenceItDoesNot() throws Exception {
        try (Replicas replicas = Replicas.startWithout(Protection.FENCE, 2)) {
            stageAgents(replicas);
            try (Load load = new Load(replicas, CLIENTS, this::proposal)) {
                for (cycle = 0; cycle < CONTROL_CYCLES; cycle++) {
                    stopAndRelease(replicas, load, false);
                }
            } catch (AssertionError noticed) {
                System.out.println("without the fence: noticed in cycle " + (cycle + 1) + " by an answer");
                assertThat(violations(replicas, 0)).isNotEmpty();
                return;
            }
        }
        throw new AssertionError(CONTROL_CYCLES + " cycles without the fence, and nothing noticed it");
    }

    private static List<String> violations(Replicas replicas, long from) throws Exception {
        StopOrder order = new StopOrder();
        replicas.readHeaders(from, order::read);
        return order.violations();
    }

    private void stopAndRelease(Replicas replicas, Load load, boolean freeze) throws Exception {
        String what = "cycle " + cycle;
        Predicate<SmallSelection> inScope = inScope(cycle);
        List<Sent> seen = new ArrayList<>();
        long began = System.nanoTime();
        awaitAnswer(
                what + ": left to the agent before the stop",
                load,
                seen,
                one -> one.at() > began && inScope.test(one.proposal()) && isAutonomous(one));
        int at = cycle % replicas.count();
        int frozen = (cycle + 1) % replicas.count();
        if (freeze) {
            replicas.freezeHoldingTheHead(frozen);
        }
        long asked = System.nanoTime();
        long acknowledged;
        Answer stop;
        try {
            stop = replicas.stop(at, scope(cycle));
            acknowledged = System.nanoTime();
        } finally {
            if (freeze) {
                replicas.service(frozen).signal("CONT");
            }
        }
        assertThat(stop.status()).as(what + ": " + stop).isEqualTo(201);
        if (cycle >= WARMING) {
            (freeze ? activationWhileFrozen : activation).add(acknowledged - asked);
        }
        for (int i = 0; i < replicas.count(); i++) {
            int replica = i;
            awaitAnswer(
                    what + ": answered by replica " + i + " after the stop",
                    load,
                    seen,
                    one -> one.replica() == replica
                            && one.at() > acknowledged
                            && inScope.test(one.proposal())
                            && one.answer() != null
                            && one.answer().status() == 200);
        }
        assertThat(seen)
                .as(what + ": sent after the stop was acknowledged, and left to the agent")
                .filteredOn(one -> one.at() > acknowledged && inScope.test(one.proposal()) && isAutonomous(one))
                .isEmpty();
        replicas.release(at, (at + 1) % replicas.count(), stop.json().get("id").asText());
    }

    private static void awaitAnswer(String what, Load load, List<Sent> seen, Predicate<Sent> wanted) {
        await(what)
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    seen.addAll(load.take());
                    return seen.stream().anyMatch(wanted);
                });
    }

    private static boolean isAutonomous(Sent one) {
        return one.answer() != null && one.answer().isAutonomous();
    }

    /** Four agents; every other proposal is about the shipment, or in the trace, of the cycle. */
    private SmallSelection proposal() {
        long n = number.incrementAndGet();
        SmallSelection proposal = SmallSelection.next().agent(agent(n));
        return switch ((int) (n / 4 % 4)) {
            case 0 -> proposal.subject("S-of-" + cycle);
            case 1 -> proposal.trace("tr-of-" + cycle);
            default -> proposal;
        };
    }

    private static String agent(long number) {
        return "load-" + number % 4;
    }

    private static void stageAgents(Replicas replicas) throws Exception {
        for (int i = 0; i < 4; i++) {
            replicas.stage(0, agent(i), "LIMITED");
        }
    }

    private static String scope(int cycle) {
        return switch (cycle % 5) {
            case 0 -> "\"kind\":\"all\"";
            case 1 -> "\"kind\":\"agent\",\"value\":\"" + agent(cycle) + "\"";
            case 2 -> "\"kind\":\"action\",\"value\":\"" + (cycle % 2 == 0 ? "carrier.select" : "carrier.*") + "\"";
            case 3 -> "\"kind\":\"subject\",\"value\":\"shipment/S-of-" + cycle + "\"";
            default -> "\"kind\":\"trace\",\"value\":\"tr-of-" + cycle + "\"";
        };
    }

    private static Predicate<SmallSelection> inScope(int cycle) {
        return switch (cycle % 5) {
            case 1 -> proposal -> proposal.agent().equals(agent(cycle));
            case 3 -> proposal -> proposal.subject().equals("S-of-" + cycle);
            case 4 -> proposal -> proposal.trace().equals("tr-of-" + cycle);
            default -> proposal -> true;
        };
    }
}
