package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.ledger.Frontier;
import io.leeway.testing.PackagedService;
import io.leeway.testing.Story;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service on its embedded database, stopped and killed: every acknowledged decision is there afterwards, as it
 * was answered, at its place in a tree whose root is the head's.
 */
class RestartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = Boolean.getBoolean("leeway.test.full") ? 20 : 1;
    private static final int CLIENTS = 8;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedDecisionOverStopsAndKills() throws Exception {
        Map<String, String> acknowledged = new LinkedHashMap<>();
        String key;
        try (PackagedService service = start()) {
            URI base = service.awaitAddress();
            String admin = Files.readString(directory.resolve("data/admin.key"));
            key = post(base, "/v1/keys", admin, "{\"name\":\"agents\",\"roles\":[\"agent\"]}")
                    .get("key")
                    .asText();
            for (Story story : Story.all()) {
                JsonNode answer = post(base, "/v1/decisions", key, story.proposal());
                acknowledged.put(answer.get("decisionId").asText(), essence(answer));
            }
            assertThat(service.stop()).isEqualTo(143);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            PackagedService service = start();
            URI base = service.awaitAddress();
            assertThatAllAreThere(base, key, acknowledged);
            acknowledged.putAll(decideUntilKilled(service, base, key));
        }
        try (PackagedService service = start()) {
            URI base = service.awaitAddress();
            assertThat(acknowledged).hasSizeGreaterThan(60);
            assertThatAllAreThere(base, key, acknowledged);
        }
        assertThatTheTreeIsWhole(acknowledged.size());
    }

    private PackagedService start() throws Exception {
        return PackagedService.start(
                directory, Map.of("LEEWAY_DATA_DIR", directory.resolve("data").toString()));
    }

    /** Several clients at once; the service is killed in their midst. */
    private Map<String, String> decideUntilKilled(PackagedService service, URI base, String key) throws Exception {
        ConcurrentLinkedQueue<JsonNode> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean killed = new AtomicBoolean();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(CompletableFuture.runAsync(() -> {
                while (!killed.get()) {
                    try {
                        answers.add(post(
                                base,
                                "/v1/decisions",
                                key,
                                Story.of("carrier-selection-small").proposal()));
                    } catch (Exception e) {
                        assertThat(killed)
                                .as("only the kill breaks a connection: " + e)
                                .isTrue();
                    }
                    if (answers.size() >= 60 && killed.compareAndSet(false, true)) {
                        kill(service);
                    }
                }
            }));
        }
        CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
        Map<String, String> acknowledged = new LinkedHashMap<>();
        answers.forEach(answer -> acknowledged.put(answer.get("decisionId").asText(), essence(answer)));
        return acknowledged;
    }

    private static void kill(PackagedService service) {
        try {
            service.kill();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertThatAllAreThere(URI base, String key, Map<String, String> acknowledged) throws Exception {
        for (Map.Entry<String, String> one : acknowledged.entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/decisions/" + one.getKey()))
                    .header("Authorization", "Bearer " + key)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(essence(JSON.readTree(response.body()))).isEqualTo(one.getValue());
        }
    }

    /** What must not change; the state may. */
    private static String essence(JsonNode answer) {
        return answer.get("mode") + " " + answer.get("matched") + " " + answer.get("record") + " "
                + answer.get("permit") + " " + answer.get("decidedAt");
    }

    private JsonNode post(URI base, String path, String key, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return JSON.readTree(response.body());
    }

    /** With the service gone, the embedded database is opened by itself. */
    private void assertThatTheTreeIsWhole(int decisions) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("data"));
                Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            Frontier frontier = Frontier.empty();
            int found = 0;
            try (ResultSet rows = statement.executeQuery(
                    "select position, kind, header from ledger_entry where realm = 'default' order by position")) {
                while (rows.next()) {
                    assertThat(rows.getLong(1)).as("no gap").isEqualTo(frontier.size());
                    frontier.append(Frontier.leafHash(rows.getBytes(3)));
                    found += rows.getString(2).equals("decision") ? 1 : 0;
                }
            }
            assertThat(found).isGreaterThanOrEqualTo(decisions);
            try (ResultSet head =
                    statement.executeQuery("select size, frontier from ledger_head where realm = 'default'")) {
                assertThat(head.next()).isTrue();
                assertThat(head.getLong(1)).isEqualTo(frontier.size());
                assertThat(Frontier.of(head.getLong(1), head.getBytes(2)).root())
                        .isEqualTo(frontier.root());
            }
        }
    }
}
