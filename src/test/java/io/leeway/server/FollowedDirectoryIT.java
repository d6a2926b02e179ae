package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.DecisionClient;
import io.leeway.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes in a followed directory comes into force by itself only where it is proven that nobody gets more leeway. */
class FollowedDirectoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aTighterChangeComesIntoForceAndALooserOneWaitsForPeople() throws Exception {
        Path policy = Files.createDirectory(directory.toRealPath().resolve("policy"));
        write(policy, 500);
        Map<String, String> settings =
                Map.of("LEEWAY_POLICY_DIRECTORY", policy.toString(), "LEEWAY_POLICY_FOLLOW", "activate");
        try (PackagedService service = PackagedService.start(directory, settings)) {
            DecisionClient client = new DecisionClient(service.awaitAddress());
            String key =
                    client.createKey(Files.readString(directory.resolve("data/admin.key")), "bob", "policy-approver");
            String first = newest(client, key, "ACTIVE").get("version").asText();

            write(policy, 400);
            await().atMost(PATIENCE)
                    .until(() -> !newest(client, key, "ACTIVE")
                            .get("version")
                            .asText()
                            .equals(first));
            JsonNode second = newest(client, key, "ACTIVE");
            assertThat(second.get("meaning").asText()).isEqualTo("TIGHTER");
            assertThat(second.get("author").asText()).isEqualTo("installation");
            assertThat(second.get("base").asText()).isEqualTo(first);

            write(policy, 600);
            await().atMost(PATIENCE).until(() -> newest(client, key, "CANDIDATE") != null);
            assertThat(newest(client, key, "CANDIDATE").get("meaning").asText()).isEqualTo("LOOSER");
            await().atMost(PATIENCE).until(() -> service.output().contains("needs people to approve it"));
            assertThat(newest(client, key, "ACTIVE").get("version")).isEqualTo(second.get("version"));
        }
    }

    private static JsonNode newest(DecisionClient client, String key, String state) {
        JsonNode versions = client.get("/v1/policies", key).body();
        return StreamSupport.stream(versions.get("items").spliterator(), false)
                .filter(version -> version.get("state").asText().equals(state))
                .findFirst()
                .orElse(null);
    }

    private static void write(Path policy, int limit) throws Exception {
        Files.writeString(policy.resolve("remit.csv"), """
                Payments
                Owner,owner@example.com
                May act,Payments
                Id,Action,Currency,Amount up to,Mode,Because
                PAY-01,pay,USD,%d,Autonomous,Small ones.
                """.formatted(limit));
        Files.writeString(policy.resolve("tests.csv"), """
                Tests
                Id,action.type,action.currency,action.amount,action.confidence,expect.mode
                T-1,pay,USD,100,0.99,Autonomous
                """);
    }
}
