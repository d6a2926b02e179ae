package io.leeway.server;

import io.leeway.api.events.EventFeed;
import io.leeway.cli.Commands;
import io.leeway.decision.Lane;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The started service: says where it is and in which shape, then serves until it is told to stop. */
@Singleton
@Unremovable
final class Service implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Service.class);

    private final HttpServer http;
    private final Config config;
    private final PolicyInForce policy;
    private final Lane lane;
    private final EventFeed events;

    Service(HttpServer http, Config config, PolicyInForce policy, Lane lane, EventFeed events) {
        this.http = http;
        this.config = config;
        this.policy = policy;
        this.lane = lane;
        this.events = events;
    }

    @Override
    public int run(String... arguments) {
        String banner = banner();
        if (value("quarkus.log.console.json.enabled", Boolean.class)) {
            LOG.info(banner);
        } else {
            System.out.println(banner);
        }
        System.setProperty(Commands.ADDRESS, http.getLocalBaseUri().toString());
        Quarkus.waitForExit();
        // Before HTTP goes: whoever waits gets his answer, and whoever comes now is told to go elsewhere, not decided
        // and cut off.
        lane.drain(ServiceStart.DRAIN);
        events.close();
        return 0;
    }

    private String banner() {
        URI address = http.getLocalBaseUri();
        boolean embedded = value("leeway.embedded-database", Boolean.class);
        return String.join(
                "\n",
                "Leeway " + value("quarkus.application.version", String.class) + " listens on " + address,
                "  API       " + address.resolve("/q/swagger-ui/"),
                "  database  "
                        + (embedded
                                ? "embedded PostgreSQL, for evaluation and small installations"
                                : new ExternalDatabase(value("quarkus.datasource.jdbc.url", String.class), null, null)
                                        .address()),
                "  data      " + value("leeway.data-dir", String.class),
                "  policy    " + policy.describe(),
                "  posture   " + Posture.of(embedded, http.getSecurePort() > 0, false));
    }

    private <T> T value(String property, Class<T> type) {
        return config.getValue(property, type);
    }
}
