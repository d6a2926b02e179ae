package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service's life: banner, stop, wrong configuration. */
class ServiceProcessIT {
    @TempDir
    Path directory;

    @Test
    void saysWhereItIsAndStopsItsDatabaseLast() throws Exception {
        try (PackagedService service =
                PackagedService.start(directory, Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false"))) {
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.output())
                    .contains("embedded PostgreSQL, for evaluation and small installations")
                    .contains(directory.toRealPath().resolve("data").toString())
                    .containsPattern(
                            "  policy    version [-0-9]+\\.1, [0-9]+ rows, sha256:[0-9a-f]{12}… \\(imported from /")
                    .contains("degraded: embedded database, no TLS, no OIDC");
            Path pidFile = directory.resolve("data/postgres/data/postmaster.pid");
            assertThat(pidFile).exists();
            assertThat(service.stop()).isEqualTo(143);
            assertThat(pidFile).doesNotExist();
            assertThat(Files.readString(directory.resolve("data/postgres/server.log")))
                    .contains("database system is shut down")
                    .doesNotContain("connection to client lost", "terminating connection due to administrator command");
        }
    }

    @Test
    void saysByWhatItDecidesAndWhatTheDirectoryHasToDoWithIt() throws Exception {
        Path policy = directory.toRealPath().resolve("policy");
        Map<String, String> environment =
                Map.of("LEEWAY_POLICY_DIRECTORY", policy.toString(), "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        try (PackagedService service = PackagedService.start(directory, environment)) {
            assertThat(service.status("/q/health/ready")).isEqualTo(503);
            assertThat(service.output())
                    .contains("ERROR " + policy + ": `" + policy
                            + "` does not exist (unreadable-directory). LEEWAY_POLICY")
                    .contains("  policy    NONE: 1 error in " + policy + ", listed above; every decision is HUMAN_IN")
                    .doesNotContain("null");
        }
        Files.createDirectory(policy);
        Files.copy(Path.of("decision-tables/vocabulary.xlsx"), policy.resolve("vocabulary.xlsx"));
        Files.copy(Path.of("decision-tables/logistics.xlsx"), policy.resolve("logistics.xlsx"));
        try (PackagedService service = PackagedService.start(directory, environment)) {
            assertThat(service.status("/q/health/ready")).isEqualTo(200);
            assertThat(service.output())
                    .contains("(imported from " + policy + ")")
                    .doesNotContain("differ from");
        }
        Files.copy(Path.of("decision-tables/billing.xlsx"), policy.resolve("billing.xlsx"));
        try (PackagedService service = PackagedService.start(directory, environment)) {
            assertThat(service.status("/q/health/ready")).isEqualTo(200);
            assertThat(service.output())
                    .containsPattern("WARN +the files in " + policy
                            + " differ from the active version [-0-9]+\\.1; the first import")
                    .contains("(not the files in " + policy + ")");
        }
    }

    @Test
    void refusesWrongSettingsAllAtOnceBeforeAnythingStarts() throws Exception {
        try (PackagedService service = PackagedService.start(
                directory, Map.of("QUARKUS_HTTP_PORT", "http", "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:mysql://db/x"))) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.output())
                    .contains("QUARKUS_HTTP_PORT is `http`")
                    .contains("QUARKUS_DATASOURCE_JDBC_URL is `jdbc:mysql://db/x`")
                    .doesNotContain("\tat ");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void refusesAValueThatOnlyQuarkusUnderstands() throws Exception {
        try (PackagedService service =
                PackagedService.start(directory, Map.of("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "many"))) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.output()).contains("many").doesNotContain("\tat ");
            assertThat(directory.resolve("data/postgres/data/postmaster.pid")).doesNotExist();
        }
    }
}
