package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Latencies;
import io.leeway.testing.Load;
import io.leeway.testing.Load.Sent;
import io.leeway.testing.Replicas;
import io.leeway.testing.SmallSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A process that stops in the middle of a transaction holds the head row, and soon nobody. */
class FrozenHolderIT {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 50 : 3;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Sent> sent = new ArrayList<>();

    @Test
    void theOthersDecideAgainAndItRecoversByItself() throws Exception {
        Replicas replicas = Replicas.three();
        long from = replicas.size();
        Latencies gap = new Latencies();
        Latencies recovery = new Latencies();
        Load load = new Load(replicas, 4, SmallSelection::next);
        try (load) {
            for (int round = 0; round < ROUNDS; round++) {
                int frozen = round % replicas.count();
                replicas.freezeHoldingTheHead(frozen);
                long held = System.nanoTime();
                Sent other;
                try {
                    other = awaitAnswer(load, one -> one.replica() != frozen && one.at() > held && isVerdict(one));
                } finally {
                    replicas.service(frozen).signal("CONT");
                }
                gap.add(other.answeredAt() - held);
                long resumed = System.nanoTime();
                Sent own = awaitAnswer(load, one -> one.replica() == frozen && one.at() > resumed && isVerdict(one));
                recovery.add(own.answeredAt() - resumed);
            }
        }
        sent.addAll(load.take());
        System.out.println("frozen with the head row: the others decided again after " + gap
                + "; resumed, it decided again after " + recovery + "; refused meanwhile "
                + sent.stream().filter(one -> !isVerdict(one)).count() + " of " + sent.size());
        assertThat(gap.max()).isLessThan(Lane.PATIENCE);
        assertThat(recovery.max()).isLessThan(Duration.ofSeconds(5));
        assertThat(sent)
                .as("neither a verdict nor a 503")
                .filteredOn(one ->
                        !isVerdict(one) && (one.answer() == null || one.answer().status() != 503))
                .isEmpty();
        assertEachVerdictHasItsEntry(replicas.headers(from));
    }

    private void assertEachVerdictHasItsEntry(List<JsonNode> headers) {
        Map<Long, String> entries = new HashMap<>();
        headers.forEach(header -> entries.put(
                header.get("position").asLong(), header.path("decisionId").asText()));
        sent.stream()
                .filter(FrozenHolderIT::isVerdict)
                .map(one -> one.answer().json())
                .forEach(answer -> assertThat(
                                entries.get(answer.get("record").get("index").asLong()))
                        .isEqualTo(answer.get("decisionId").asText()));
    }

    private static boolean isVerdict(Sent one) {
        return one.answer() != null && one.answer().status() == 200;
    }

    private Sent awaitAnswer(Load load, Predicate<Sent> wanted) {
        await().atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    sent.addAll(load.take());
                    return sent.stream().anyMatch(wanted);
                });
        return sent.stream().filter(wanted).findFirst().orElseThrow();
    }
}
