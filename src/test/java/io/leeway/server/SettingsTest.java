package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the main class reads before anything starts, and what it says of itself. */
class SettingsTest {
    @AfterEach
    void forget() {
        System.clearProperty("quarkus.http.port");
        System.clearProperty("quarkus.datasource.jdbc.url");
        System.clearProperty("leeway.data-dir");
        System.clearProperty("leeway.retention.records");
    }

    @Test
    void withoutAUrlTheDatabaseIsEmbedded() {
        System.setProperty("leeway.data-dir", "some/../data");
        Settings settings = Settings.read();
        assertThat(settings.external()).isNull();
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void aUrlIsShownWithoutItsParameters() {
        System.setProperty("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/leeway?user=x&password=secret");
        Settings settings = Settings.read();
        assertThat(settings.external()).hasToString("ExternalDatabase[jdbc:postgresql://db/leeway]");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "8080 ", "999999999999"})
    void refusesAPortThatIsNone(String port) {
        System.setProperty("quarkus.http.port", port);
        assertThatThrownBy(Settings::read)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("QUARKUS_HTTP_PORT is `" + port + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "P27D", "-P1Y", "PT9999H", "P", "P1M-20D"})
    void refusesARetentionThatIsNoneOrTooShort(String period) {
        System.setProperty("leeway.retention.records", period);
        assertThatThrownBy(Settings::read)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("LEEWAY_RETENTION_RECORDS is `" + period + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P28D", "P1M", "P13M", "P10Y"})
    void takesARetentionOfFourWeeksOrMore(String period) {
        System.setProperty("leeway.retention.records", period);
        assertThat(Settings.read().external()).isNull();
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        System.setProperty("quarkus.http.port", "none");
        System.setProperty("quarkus.datasource.jdbc.url", "postgres://db");
        assertThatThrownBy(Settings::read)
                .hasMessageContaining("QUARKUS_HTTP_PORT")
                .hasMessageContaining("QUARKUS_DATASOURCE_JDBC_URL is `postgres://db`");
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, false, 'degraded: embedded database, no TLS, no OIDC'",
        "false, true, false, degraded: no OIDC",
        "false, true, true, secure"
    })
    void saysEachWeakness(boolean embedded, boolean tls, boolean oidc, String posture) {
        assertThat(Posture.of(embedded, tls, oidc)).hasToString(posture);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
    })
    void picksTheProgramsOfTheMachineAndShipsThem(String os, String arch, String archive) {
        assertThat(PostgresBinaries.archiveName(os, arch)).isEqualTo(archive);
        assertThat(getClass().getClassLoader().getResource(archive)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Linux, s390x", "Windows 11, amd64", "Mac OS X, x86_64"})
    void saysWhatToDoWhereNoProgramsShip(String os, String arch) {
        assertThatThrownBy(() -> PostgresBinaries.archiveName(os, arch))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("no embedded PostgreSQL ships for `" + os + "` on `" + arch + "`")
                .hasMessageContaining("QUARKUS_DATASOURCE_JDBC_URL");
    }
}
