package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.DecisionClient;
import io.leeway.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a newcomer's path: what {@code leeway new} wrote decides in a service. */
class StarterWorkbookIT {
    @TempDir
    Path directory;

    @Test
    void aNewWorkbookDecidesAndIsQuoted() throws Exception {
        Path policy = directory.toRealPath().resolve("policy");
        try (PackagedService command =
                PackagedService.start(directory, Map.of(), "new", "returns", "-o", policy.toString())) {
            assertThat(command.awaitExit()).as(command.output()).isZero();
        }
        try (PackagedService service =
                PackagedService.start(directory, Map.of("LEEWAY_POLICY_DIRECTORY", policy.toString()))) {
            assertThat(service.status("/q/health/ready")).as(service.output()).isEqualTo(200);
            DecisionClient client = new DecisionClient(service.awaitAddress());
            String admin = Files.readString(directory.resolve("data/admin.key"));
            String key = client.createKey(admin, "platform", "agent");
            DecisionClient.Answer answer =
                    client.decide(key, """
                    { "action": { "id": "r-1", "type": "returns.refund",
                                  "amount": { "value": "250.00", "currency": "USD" } },
                      "agent": { "id": "returns-bot" },
                      "subject": { "type": "customer", "id": "C-7" },
                      "evidence": [ { "name": "order.record", "observedAt": "%s" } ] }
                    """.formatted(Instant.now().minusSeconds(3600)));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            JsonNode verdict = answer.body();
            assertThat(verdict.get("mode").asText()).as(answer.toString()).isEqualTo("HUMAN_IN_THE_LOOP");
            assertThat(verdict.get("matched")).anySatisfy(row -> {
                assertThat(row.get("rule").asText()).isEqualTo("RETURNS-02");
                assertThat(row.get("decisive").asBoolean()).isTrue();
                assertThat(row.at("/source/file").asText()).isEqualTo("returns.xlsx");
                assertThat(row.at("/source/sheet").asText()).isEqualTo("Returns");
            });
        }
    }
}
