package io.leeway.server;

import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A PostgreSQL that somebody else runs. */
record ExternalDatabase(
        String url, @Nullable String username, @Nullable String password) {
    private static final int OLDEST = 15;

    /**
     * Connects once, so that a wrong address or password is said in a sentence before anything starts.
     *
     * @throws StartupException if it cannot be reached, or is older than PostgreSQL 15
     */
    void demandReachable() {
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", "10");
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        try (var connection = new Driver().connect(url, properties)) {
            if (connection == null) {
                throw new StartupException(
                        "QUARKUS_DATASOURCE_JDBC_URL is `" + address() + "`, which the driver does not understand");
            }
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new StartupException(
                        "`" + address() + "` is PostgreSQL " + version + "; Leeway needs " + OLDEST + " or later");
            }
        } catch (SQLException e) {
            throw new StartupException("the database at `" + address() + "` cannot be used: " + e.getMessage(), e);
        }
    }

    /** The URL without its parameters: a password may be among them. */
    String address() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    @Override
    public String toString() {
        return "ExternalDatabase[" + address() + "]";
    }
}
