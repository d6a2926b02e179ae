package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Load;
import io.leeway.testing.Load.Sent;
import io.leeway.testing.Replicas;
import io.leeway.testing.SmallSelection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SIGTERM under load: what was taken in is answered, and what was not answered was not decided. */
class DrainIT {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 10 : 1;
    private static final int CLIENTS = 16;
    /** {@code quarkus.shutdown.timeout}, and the end of the JVM. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @Test
    void everyRequestIsAnsweredWithARecordedVerdictOrRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Replicas replicas = Replicas.start(1)) {
                stopUnderLoad(replicas);
            }
        }
    }

    private static void stopUnderLoad(Replicas replicas) throws Exception {
        long from = replicas.size();
        Load load = new Load(replicas, CLIENTS, SmallSelection::next);
        long asked;
        long took;
        try (load) {
            await().until(() -> replicas.size() > from + 500);
            asked = System.nanoTime();
            assertThat(replicas.service(0).stop()).isEqualTo(143);
            took = System.nanoTime() - asked;
        }
        List<Sent> sent = load.take();
        Map<Long, String> entries = new HashMap<>();
        for (JsonNode header : replicas.headers(from)) {
            entries.put(
                    header.get("position").asLong(), header.get("decisionId").asText());
        }
        Set<String> answered = new HashSet<>();
        for (Sent one : sent) {
            if (one.answer() != null && one.answer().status() == 200) {
                JsonNode answer = one.answer().json();
                String id = answer.get("decisionId").asText();
                assertThat(entries.get(answer.get("record").get("index").asLong()))
                        .isEqualTo(id);
                answered.add(id);
            } else if (one.answer() != null) {
                assertThat(one.answer().status()).as(one.answer().body()).isEqualTo(503);
            }
        }
        long duringDrain = sent.stream()
                .filter(one -> one.at() < asked && one.answeredAt() > asked)
                .filter(one -> one.answer() != null)
                .count();
        System.out.println("drain: ended after " + Duration.ofNanos(took).toMillis() + " ms; " + answered.size()
                + " verdicts; under way at the signal and answered " + duringDrain + "; refused with 503 "
                + sent.stream()
                        .filter(one -> one.answer() != null && one.answer().status() == 503)
                        .count());
        assertThat(answered.size()).as("decided, and answered").isEqualTo(entries.size());
        assertThat(sent)
                .as("taken in before the signal, and not answered")
                .filteredOn(one -> one.at() < asked && one.answer() == null)
                .isEmpty();
        assertThat(Duration.ofNanos(took)).isLessThan(TIMEOUT);
    }
}
