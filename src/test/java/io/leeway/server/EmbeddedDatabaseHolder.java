package io.leeway.server;

import java.nio.file.Path;
import java.sql.DriverManager;

/** A process of its own that opens the embedded database and holds it until it is ended. */
final class EmbeddedDatabaseHolder {
    private EmbeddedDatabaseHolder() {}

    public static void main(String... args) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        try (var connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            connection.createStatement().execute("CREATE TABLE held (word text)");
            connection.createStatement().execute("INSERT INTO held VALUES ('written before the kill')");
        }
        System.out.println("holding");
        Thread.currentThread().join();
    }
}
