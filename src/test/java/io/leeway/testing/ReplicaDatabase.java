package io.leeway.testing;

import io.leeway.server.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The one PostgreSQL of all {@link Replicas} of a run, in a directory that is deleted when the run ends.
 *
 * @param home where the services keep their own files too
 */
record ReplicaDatabase(Path home, EmbeddedDatabase embedded) {
    private static ReplicaDatabase shared;

    /** Started when it is first asked for. */
    static synchronized ReplicaDatabase shared() {
        if (shared == null) {
            try {
                Path home = Files.createTempDirectory("leeway-replicas");
                shared = new ReplicaDatabase(home, EmbeddedDatabase.open(home.resolve("database")));
                Runtime.getRuntime().addShutdownHook(new Thread(shared::end));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return shared;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(embedded.jdbcUrl(), embedded.username(), embedded.password());
    }

    private void end() {
        try {
            Replicas.closeAll();
            embedded.close();
            DirectoryTree.delete(home);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
