package io.leeway.server;

import io.leeway.ledger.Head;
import io.leeway.ledger.Ledger;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the ledger can be read now; in a group of its own, {@code /q/health/group/database}. */
@HealthGroup("database")
@ApplicationScoped
class DatabaseHealth implements HealthCheck {
    private final Ledger ledger;

    DatabaseHealth(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            Head head = ledger.head();
            return HealthCheckResponse.named("database")
                    .up()
                    .withData("entries", head.size())
                    .build();
        } catch (SQLException e) {
            return HealthCheckResponse.named("database").down().build();
        }
    }
}
