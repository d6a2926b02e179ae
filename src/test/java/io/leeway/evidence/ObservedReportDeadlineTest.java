package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.evidence.ObservedReports.Deadline;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A report that takes too long says for which time it would not have. */
class ObservedReportDeadlineTest {
    private static final Instant NEWEST = Instant.parse("2026-11-22T12:00:00Z");

    private long seconds;

    @Test
    void theTimeThatWasReachedSoonEnoughIsNamed() {
        Deadline deadline = new Deadline(() -> Duration.ofSeconds(seconds).toNanos());
        for (seconds = 0; seconds <= 28; seconds++) {
            deadline.reached(NEWEST.minus(Duration.ofHours(seconds)));
        }
        assertThatThrownBy(() -> deadline.reached(NEWEST.minus(Duration.ofHours(seconds))))
                .hasMessageContaining("from 2026-11-21T19:00:00Z on");
    }

    @Test
    void evenTheFirstDecisionMayComeTooLate() {
        Deadline deadline = new Deadline(() -> Duration.ofSeconds(seconds).toNanos());
        seconds = 40;
        assertThatThrownBy(() -> deadline.reached(NEWEST)).hasMessageContaining("from 2026-11-22T12:00:00Z on");
    }
}
