package io.leeway.api.rest;

import io.leeway.decision.Decision;
import io.leeway.model.Mode;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is counted at the edge. */
@ApplicationScoped
class DecisionMetrics {
    /** What makes a verdict the strictest for want of a proper one; a closed list, so that the tag has few values. */
    private static final Set<ReasonCode> FAIL_CLOSED = EnumSet.of(
            ReasonCode.NO_POLICY, ReasonCode.EVALUATION_ERROR, ReasonCode.DEADLINE, ReasonCode.UNKNOWN_ACTION);

    private final Map<Mode, Counter> decisions = new EnumMap<>(Mode.class);
    private final Map<ReasonCode, Counter> failClosed = new EnumMap<>(ReasonCode.class);
    private final Counter observed;
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
        for (ReasonCode code : FAIL_CLOSED) {
            failClosed.put(
                    code,
                    Counter.builder("leeway.fail.closed")
                            .description("Recorded decisions that failed closed, by reason code")
                            .tag("code", code.name())
                            .register(registry));
        }
        observed = Counter.builder("leeway.decisions.observed")
                .description("Those of them that bound nobody, as the key was only observed")
                .register(registry);
        latency = Timer.builder("leeway.decision")
                .description("From the parsed proposal to the recorded verdict")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** @param started {@link System#nanoTime()} when the proposal had been read */
    void decided(Decision decision, long started) {
        Verdict verdict = decision.verdict();
        Counter counter = decisions.get(verdict.mode());
        if (counter != null) {
            counter.increment();
        }
        if (!decision.enforced()) {
            observed.increment();
        }
        for (ReasonCode code : verdict.reasonCodes()) {
            Counter failed = failClosed.get(code);
            if (failed != null) {
                failed.increment();
            }
        }
        latency.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }
}
