package io.leeway.api.rest;

import io.leeway.model.Mode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is counted at the edge. */
@ApplicationScoped
class DecisionMetrics {
    private final Map<Mode, Counter> decisions = new EnumMap<>(Mode.class);
    private final Timer latency;

    DecisionMetrics(MeterRegistry registry) {
        for (Mode mode : Mode.values()) {
            decisions.put(
                    mode,
                    Counter.builder("leeway.decisions")
                            .description("Recorded decisions that were answered, by mode")
                            .tag("mode", mode.name())
                            .register(registry));
        }
        latency = Timer.builder("leeway.decision")
                .description("From the parsed proposal to the recorded verdict")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** @param started {@link System#nanoTime()} when the proposal had been read */
    void decided(Mode mode, long started) {
        Counter counter = decisions.get(mode);
        if (counter != null) {
            counter.increment();
        }
        latency.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }
}
