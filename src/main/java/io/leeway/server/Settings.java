package io.leeway.server;

import io.leeway.cli.Installation;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read before Quarkus starts, from environment variables and system properties.
 *
 * @param dataDirectory {@code LEEWAY_DATA_DIR}, absolute; {@code data} below the working directory when not set
 * @param policyDirectory {@code LEEWAY_POLICY_DIRECTORY}; empty for the shipped policy
 * @param external the PostgreSQL named by {@code QUARKUS_DATASOURCE_JDBC_URL}, null for the embedded one
 */
record Settings(
        Path dataDirectory,
        Optional<Path> policyDirectory,
        @Nullable ExternalDatabase external) {
    /**
     * Reads and checks them all.
     *
     * @throws StartupException names everything that is wrong at once
     */
    static Settings read() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultSources().build();
        List<String> problems = new ArrayList<>();
        Path dataDirectory = directory("LEEWAY_DATA_DIR", value(config, "leeway.data-dir"), problems);
        Path policyDirectory = directory("LEEWAY_POLICY_DIRECTORY", value(config, "leeway.policy.directory"), problems);
        checkRetention(value(config, "leeway.retention.records"), problems);
        checkPort(value(config, "quarkus.http.port"), problems);
        String url = value(config, "quarkus.datasource.jdbc.url");
        ExternalDatabase external = null;
        if (url != null) {
            if (!url.startsWith("jdbc:postgresql:")) {
                problems.add(
                        "QUARKUS_DATASOURCE_JDBC_URL is `" + url
                                + "`; it must be like `jdbc:postgresql://host:5432/leeway`, or not set for the embedded database");
            }
            external = new ExternalDatabase(
                    url, value(config, "quarkus.datasource.username"), value(config, "quarkus.datasource.password"));
        }
        if (!problems.isEmpty()) {
            throw new StartupException(String.join("\nleeway: ", problems));
        }
        return new Settings(
                dataDirectory == null ? Path.of("data").toAbsolutePath() : dataDirectory,
                Optional.ofNullable(policyDirectory),
                external);
    }

    /** Makes the data directory, for its owner alone, and hands the places on to the service. */
    void prepare() throws IOException {
        if (Files.exists(dataDirectory) && !Files.isDirectory(dataDirectory)) {
            throw new StartupException("LEEWAY_DATA_DIR is `" + dataDirectory + "`, which is a file");
        }
        Files.createDirectories(
                dataDirectory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        System.setProperty("leeway.data-dir", dataDirectory.toString());
        System.setProperty("leeway.home", Installation.home().toString());
    }

    private static @Nullable Path directory(String name, @Nullable String value, List<String> problems) {
        if (value == null) {
            return null;
        }
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problems.add(name + " is `" + value + "`, which is no path: " + e.getReason());
            return null;
        }
    }

    private static void checkRetention(@Nullable String value, List<String> problems) {
        if (value != null && !RetentionConfig.isLongEnough(value)) {
            problems.add(
                    "LEEWAY_RETENTION_RECORDS is `" + value
                            + "`; it must be an ISO 8601 period of at least 28 days, like `P13M` or `P10Y`, or not set to keep all");
        }
    }

    private static void checkPort(@Nullable String value, List<String> problems) {
        if (value != null && !(value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535)) {
            problems.add(
                    "QUARKUS_HTTP_PORT is `" + value + "`; it must be a number from 0 to 65535, 0 for any free port");
        }
    }

    private static @Nullable String value(SmallRyeConfig config, String property) {
        return config.getOptionalValue(property, String.class).orElse(null);
    }
}
