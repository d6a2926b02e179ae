package io.leeway.testing.bad.control;

import java.time.Instant;

final class ReadsClock {
    private ReadsClock() {}

    static Instant read() {
        return Instant.now();
    }
}
