package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.DecisionClient;
import io.leeway.testing.DecisionClient.Answer;
import io.leeway.testing.DecisionClient.Verdict;
import io.leeway.testing.DecisionLoad;
import io.leeway.testing.LedgerAudit;
import io.leeway.testing.PackagedService;
import io.leeway.testing.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service on its embedded database, stopped and killed: every acknowledged decision is there afterwards, as it
 * was answered, at its place in a tree whose root is the head's. {@link CrashIT} does the same on a database that lives on.
 */
class RestartIT {
    private static final int KILLS = Boolean.getBoolean("leeway.test.full") ? 20 : 1;
    private static final int CLIENTS = 8;

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, String> stories = new HashMap<>();

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedDecisionOverStopsAndKills() throws Exception {
        DecisionClient client;
        String key;
        try (PackagedService service = start()) {
            client = new DecisionClient(service.awaitAddress());
            key = client.createKey(Files.readString(directory.resolve("data/admin.key")), "agents", "agent");
            for (Story story : Story.all()) {
                Answer answer = client.decide(key, story.proposal());
                remember(List.of(answer.verdict()));
                stories.put(answer.verdict().decisionId(), reasons(answer));
            }
            assertThat(service.stop()).isEqualTo(143);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            DecisionLoad load;
            try (PackagedService service = start()) {
                client.moveTo(service.awaitAddress());
                load = DecisionLoad.start(client, key, CLIENTS);
                load.awaitVerdicts(60);
                service.kill();
                load.stop();
            }
            try (PackagedService next = start()) {
                client.moveTo(next.awaitAddress());
                remember(load.settle());
                assertThatAllAreThere(client, key);
            }
        }
        assertThat(verdicts).hasSizeGreaterThan(60);
        assertThatTheTreeIsWhole();
    }

    private PackagedService start() throws Exception {
        return PackagedService.start(
                directory, Map.of("LEEWAY_DATA_DIR", directory.resolve("data").toString()));
    }

    private void remember(List<Verdict> given) {
        given.forEach(verdict -> verdicts.put(verdict.decisionId(), verdict));
    }

    /** Read over HTTP, with nothing changed but the state. */
    private void assertThatAllAreThere(DecisionClient client, String key) {
        verdicts.forEach(
                (id, verdict) -> assertThat(read(client, key, id).verdict()).isEqualTo(verdict));
        stories.forEach(
                (id, reasons) -> assertThat(reasons(read(client, key, id))).isEqualTo(reasons));
    }

    private static Answer read(DecisionClient client, String key, String id) {
        return client.find(key, id, Duration.ofSeconds(20));
    }

    private static String reasons(Answer answer) {
        return answer.text("reason")
                + answer.body().get("matched")
                + answer.body().get("permit");
    }

    /** With the service gone, the embedded database is opened by itself. */
    private void assertThatTheTreeIsWhole() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("data"));
                Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            LedgerAudit.of(connection).assertHolds(verdicts.values());
        }
    }
}
