package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.leeway.decision.EarlierDecisions;
import io.leeway.server.EmbeddedDatabase;
import io.leeway.testing.DecisionClient;
import io.leeway.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would have been stopped, in a ledger where most decisions bound somebody: it tells of all that did not, and in time. */
class ObservedReportAtSizeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DECISIONS =
            Long.getLong("leeway.test.decisions", Boolean.getBoolean("leeway.test.full") ? 100_000 : 2_000);
    private static final int EVERY = Integer.getInteger("leeway.test.observed-every", 10);
    private static final Duration ALLOWED = Duration.ofSeconds(28);

    @TempDir
    Path directory;

    @Test
    void allObservedDecisionsAreToldOfInTime() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("database"))) {
            Map<String, Long> modes = new TreeMap<>();
            try (AgroalDataSource source = EarlierDecisions.migrated(database)) {
                Instant now = Instant.now();
                EarlierDecisions.fill(source, "default", DECISIONS, now.minus(Duration.ofDays(30)), now, EVERY);
                count(source, modes);
            }
            Map<String, String> settings = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                    "QUARKUS_DATASOURCE_USERNAME", database.username(),
                    "QUARKUS_DATASOURCE_PASSWORD", database.password());
            try (PackagedService service = PackagedService.start(directory, settings)) {
                DecisionClient client = new DecisionClient(service.awaitAddress());
                String admin = Files.readString(directory.resolve("data/admin.key"));
                // What the policy asks of recent activity is gathered meanwhile.
                await().atMost(ALLOWED)
                        .until(() -> client.get("/v1/keys", admin).status() == 200);
                String reader = client.createKey(admin, "ola", "operator");
                await().atMost(ALLOWED)
                        .until(() -> client.get("/v1/decisions?limit=1", reader).status() == 200);
                for (int round = 0; round < 3; round++) {
                    DecisionClient.Answer report = client.get("/v1/reports/observed", reader);
                    System.out.println("report of " + report.text("decisions") + " observed among " + DECISIONS
                            + " decisions: " + report.millis() + " ms");
                    assertThat(report.status()).as(report.toString()).isEqualTo(200);
                    assertThat(report.millis()).isLessThan(ALLOWED.toMillis());
                    assertThat(modes(report.body().get("modes"))).isEqualTo(modes);
                }
            }
        }
    }

    /** By the headers, one by one. */
    private static void count(AgroalDataSource source, Map<String, Long> modes) throws SQLException, IOException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select header from ledger_entry where kind = 'decision'")) {
            while (rows.next()) {
                JsonNode header = JSON.readTree(rows.getBytes(1));
                if (header.has("enforced")) {
                    modes.merge(header.get("mode").asText(), 1L, Long::sum);
                }
            }
        }
        assertThat(modes).hasSizeGreaterThan(1);
    }

    private static Map<String, Long> modes(JsonNode told) {
        Map<String, Long> modes = new TreeMap<>();
        told.fields().forEachRemaining(mode -> {
            if (mode.getValue().asLong() > 0) {
                modes.put(mode.getKey(), mode.getValue().asLong());
            }
        });
        return modes;
    }
}
