package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.Latencies;
import io.leeway.testing.OpenLoop;
import io.leeway.testing.Replicas;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Three times what can be decided: most of that is decided, the rest is refused at once, and people still reach it. */
class OverloadIT {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    private static final Duration TIME = Duration.ofSeconds(FULL ? 20 : 4);
    /** Compiling goes on for a minute and more; what is refused is first compiled under overload. */
    private static final Duration WARMING = Duration.ofSeconds(FULL ? 60 : 4);

    private static final Duration SETTLING = Duration.ofSeconds(FULL ? 20 : 1);
    private static final int SATURATING = 128;
    private static final int AGENTS = 3000;

    private final Latencies settling = new Latencies();
    private final Latencies stops = new Latencies();
    private final Latencies reads = new Latencies();

    @Test
    void decidesWhatItCanAndRefusesTheRestAtOnce() throws Exception {
        try (Replicas replicas = Replicas.start(1)) {
            double peak = saturate(replicas).rate(200);
            long began = System.nanoTime();
            var overloaded = CompletableFuture.supplyAsync(() -> overload(replicas, 3 * peak));
            while (!overloaded.isDone()) {
                boolean settled = System.nanoTime() - began > SETTLING.toNanos();
                time(
                        settled ? stops : settling,
                        settled,
                        () -> replicas.stop(0, "\"kind\":\"agent\",\"value\":\"nobody\""),
                        201);
                time(
                        settled ? reads : settling,
                        settled,
                        () -> replicas.send(0, "GET", "/v1/stops?limit=1", replicas.operatorKeys.get(0), ""),
                        200);
            }
            OpenLoop.Result result = overloaded.join();
            System.out.printf(
                    "overload: peak %.0f/s; at three times that: %.0f/s decided (%.0f %%) in %s; %.0f/s refused in %s;"
                            + " %d not sent; stops %s; reads %s%n",
                    peak,
                    result.rate(200),
                    100 * result.rate(200) / peak,
                    result.of(200),
                    result.rate(429),
                    result.of(429),
                    result.notSent(),
                    stops,
                    reads);
            assertThat(result.byStatus()).containsKeys(200, 429);
            assertThat(Set.of(200, 429, 503))
                    .as("%s", result)
                    .containsAll(result.byStatus().keySet());
            assertThat(result.withoutRetryAfter()).isZero();
            // How fast is asked of a machine that does nothing else.
            if (FULL) {
                assertThat(result.rate(200)).isGreaterThan(0.8 * peak);
                assertThat(result.of(429).quantile(0.99)).isLessThan(Duration.ofMillis(100));
                assertThat(stops.quantile(0.99)).isLessThan(Duration.ofMillis(500));
            }
        }
    }

    private static OpenLoop.Result saturate(Replicas replicas) throws Exception {
        return OpenLoop.run(
                replicas.address(0), replicas.agentKey, Double.POSITIVE_INFINITY, SATURATING, WARMING, TIME);
    }

    private static OpenLoop.Result overload(Replicas replicas, double rate) {
        try {
            return OpenLoop.run(replicas.address(0), replicas.agentKey, rate, AGENTS, SETTLING, TIME);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void time(Latencies latencies, boolean settled, Call call, int expected) throws Exception {
        long began = System.nanoTime();
        Replicas.Answer answer = call.run();
        latencies.add(System.nanoTime() - began);
        if ((FULL && settled) || answer.status() != 503) {
            // Before it has settled, or besides other things, a machine may be too late for one; it says so.
            assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        }
    }

    @FunctionalInterface
    private interface Call {
        Replicas.Answer run() throws Exception;
    }
}
