package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.leeway.decision.EarlierDecisions;
import io.leeway.ledger.Frontier;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.SeededLedger;
import io.leeway.ledger.StoredEntry;
import io.leeway.testing.PackagedService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a retention, started on a database that is older than it. */
class RetentionIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DECISIONS = 300;
    private static final int OLD = 5;
    private static final int RECENT = DECISIONS - 5;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private URI address;
    private String key;

    @Test
    void oldRecordsGoAndWhatIsLeftStillAnswers() throws Exception {
        Path data = directory.resolve("data");
        StoredEntry old;
        StoredEntry recent;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(data);
                AgroalDataSource source = EarlierDecisions.migrated(database)) {
            Instant now = Instant.now();
            EarlierDecisions.fill(source, "default", DECISIONS, now.minus(Duration.ofDays(150)), now);
            Ledger ledger = SeededLedger.ledger(source, "default");
            old = ledger.entry(OLD).orElseThrow();
            recent = ledger.entry(RECENT).orElseThrow();
        }
        try (PackagedService service = PackagedService.start(
                directory, Map.of("LEEWAY_RETENTION_RECORDS", "P60D", "LEEWAY_POLICY_DIRECTORY", shipped()))) {
            address = service.awaitAddress();
            key = Files.readString(data.resolve("admin.key")).strip();
            key = post("/v1/keys", "{\"name\":\"a\",\"roles\":[\"agent\"]}")
                    .get("key")
                    .asText();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> decision(old).get("facts").isNull());
            assertThat(decision(recent).get("facts").isObject()).isTrue();
            assertThat(decision(old).get("matched")).isEmpty();
            assertThat(decision(old).get("mode").asText())
                    .isEqualTo(old.parsedHeader().text("mode"));

            JsonNode again = post("/v1/decisions", proposal(old));
            assertThat(again.get("decisionId").asText()).isEqualTo(id(old));
            assertThat(again.get("directive").asText()).isEqualTo("HALT");
            assertThat(again.get("permit").isNull()).isTrue();
            JsonNode kept = post("/v1/decisions", proposal(recent));
            assertThat(kept.get("decisionId").asText()).isEqualTo(id(recent));
            assertThat(kept.get("matched")).isNotEmpty();
            JsonNode fresh = post("/v1/decisions", proposal(recent).replace("earlier-", "later-"));
            assertThat(fresh.get("record").get("index").asLong()).isGreaterThan(DECISIONS);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(data);
                AgroalDataSource source = EarlierDecisions.migrated(database)) {
            List<StoredEntry> entries = SeededLedger.ledger(source, "default").entries(0, 2 * DECISIONS);
            assertThat(entries)
                    .filteredOn(entry -> entry.kind().equals("record.retention"))
                    .isNotEmpty();
            Frontier frontier = Frontier.empty();
            entries.forEach(entry -> frontier.append(entry.leafHash()));
            assertThat(SeededLedger.ledger(source, "default").head().root()).isEqualTo(frontier.root());
        }
    }

    private static String shipped() {
        return Path.of("decision-tables").toAbsolutePath().toString();
    }

    private static String id(StoredEntry entry) {
        return entry.parsedHeader().id("decisionId").toString();
    }

    private static String proposal(StoredEntry entry) throws Exception {
        return JSON.readTree(new String(entry.facts(), StandardCharsets.UTF_8))
                .get("proposal")
                .toString();
    }

    private JsonNode decision(StoredEntry entry) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve("/v1/decisions/" + id(entry))));
    }

    private JsonNode post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        var answer =
                client.send(request.header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return JSON.readTree(answer.body());
    }
}
