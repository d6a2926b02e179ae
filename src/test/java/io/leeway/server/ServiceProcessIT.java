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
