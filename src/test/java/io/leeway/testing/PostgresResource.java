package io.leeway.testing;

import io.leeway.server.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * One PostgreSQL for all integration tests of a run: Leeway's own embedded one in a directory that is deleted afterwards,
 * or the one named by the system property {@code leeway.test.jdbc.url} (with {@code .username} and {@code .password}).
 *
 * <p>{@code @QuarkusTestResource(PostgresResource.class)}. Quarkus may load this class more than once in a run, so what
 * has been started is remembered in system properties, not in a field.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private static final String PREFIX = "leeway.test.jdbc.";
    private static final String DIRECTORY = "leeway.test.data-dir";

    @Override
    public synchronized Map<String, String> start() {
        if (System.getProperty(DIRECTORY) == null) {
            open();
        }
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.jdbc.url", System.getProperty(PREFIX + "url"));
        config.put("quarkus.datasource.username", System.getProperty(PREFIX + "username", ""));
        config.put("quarkus.datasource.password", System.getProperty(PREFIX + "password", ""));
        config.put("leeway.data-dir", System.getProperty(DIRECTORY));
        config.put("leeway.home", Path.of("").toAbsolutePath().toString());
        return config;
    }

    /** The next test class uses the same database; it ends with the run. */
    @Override
    public void stop() {}

    private static void open() {
        try {
            Path directory = Files.createTempDirectory("leeway-it");
            Runnable close = () -> {};
            if (System.getProperty(PREFIX + "url") == null) {
                EmbeddedDatabase database = EmbeddedDatabase.open(directory);
                close = database::close;
                System.setProperty(PREFIX + "url", database.jdbcUrl());
                System.setProperty(PREFIX + "username", database.username());
                System.setProperty(PREFIX + "password", database.password());
            }
            System.setProperty(DIRECTORY, directory.toString());
            Runnable stop = close;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.run();
                deleteTree(directory);
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
