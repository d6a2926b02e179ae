package io.leeway.server;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Lets migrations take their time: on connections of their own, without the pool's bound on how long the server may be
 * silent, which an index over many decisions exceeds.
 */
@Singleton
class MigrationConnections implements FlywayConfigurationCustomizer {
    private final String url;
    private final Optional<String> username;
    private final Optional<String> password;

    MigrationConnections(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.url = url;
        this.username = username;
        this.password = password;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        PGSimpleDataSource connections = new PGSimpleDataSource();
        connections.setURL(url);
        connections.setApplicationName("leeway-migration");
        username.ifPresent(connections::setUser);
        password.ifPresent(connections::setPassword);
        configuration.dataSource(connections);
    }
}
