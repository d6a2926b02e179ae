package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.testing.MachinePostgres;
import io.leeway.testing.PackagedService;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a PostgreSQL that it did not start. */
class ExternalDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void usesTheDatabaseNamedByUrlAndStartsNone() throws Exception {
        Optional<Path> programs = MachinePostgres.find();
        assumeTrue(programs.isPresent(), "no PostgreSQL 15 or later is installed on this machine");
        try (MachinePostgres postgres = MachinePostgres.start(programs.get());
                PackagedService service = PackagedService.start(
                        directory,
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(),
                                "QUARKUS_DATASOURCE_USERNAME", postgres.username(),
                                "QUARKUS_DATASOURCE_PASSWORD", postgres.password()))) {
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.output()).contains(postgres.jdbcUrl()).doesNotContain(postgres.password());
            assertThat(directory.resolve("data")).exists();
            assertThat(directory.resolve("data/postgres")).doesNotExist();
            try (var connection =
                            DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                    var rows =
                            connection.createStatement().executeQuery("SELECT count(*) FROM flyway_schema_history")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isPositive();
            }
        }
    }

    @Test
    void saysInASentenceThatTheDatabaseCannotBeReached() throws Exception {
        try (PackagedService service = PackagedService.start(
                directory,
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/leeway?password=secret",
                        "QUARKUS_DATASOURCE_USERNAME", "leeway"))) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.output())
                    .startsWith("leeway: the database at `jdbc:postgresql://127.0.0.1:1/leeway` cannot be used: ")
                    .doesNotContain("secret", "\tat ");
            assertThat(directory.resolve("data/postgres")).doesNotExist();
        }
    }
}
