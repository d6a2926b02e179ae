package io.leeway.server;

import io.leeway.ledger.Head;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Reads;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the ledger can be read now; in a group of its own, {@code /q/health/group/database}. */
@HealthGroup("database")
@ApplicationScoped
class DatabaseHealth implements HealthCheck {
    private final Ledger ledger;
    private final Reads reads;

    DatabaseHealth(Ledger ledger, Reads reads) {
        this.ledger = ledger;
        this.reads = reads;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            Head head = reads.read(ledger::head).join();
            return HealthCheckResponse.named("database")
                    .up()
                    .withData("entries", head.size())
                    .build();
        } catch (CompletionException e) {
            return HealthCheckResponse.named("database").down().build();
        }
    }
}
