package io.leeway.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, many times. Not thread-safe. */
public final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    public void add(long taken) {
        nanos.add(taken);
    }

    public int count() {
        return nanos.size();
    }

    /** The smallest that at least that share stayed within; zero when there are none. */
    public Duration quantile(double share) {
        if (nanos.isEmpty()) {
            return Duration.ZERO;
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return Duration.ofNanos(sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)));
    }

    public Duration max() {
        return quantile(1);
    }

    @Override
    public String toString() {
        return "%d: p50 %d ms, p99 %d ms, max %d ms"
                .formatted(count(), quantile(0.5).toMillis(), quantile(0.99).toMillis(), max().toMillis());
    }
}
