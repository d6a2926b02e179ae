package io.leeway.server;

import io.leeway.decision.Decisions;
import io.leeway.policy.release.ActivePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is done in the background: following the ledger once a second, keeping its records once an hour. */
@ApplicationScoped
class Followers {
    private static final Logger LOG = Logger.getLogger(Followers.class);

    private final Decisions decisions;
    private final ActivePolicy activePolicy;
    private final RecordKeeping recordKeeping;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "followers");
        thread.setDaemon(true);
        return thread;
    });

    Followers(Decisions decisions, ActivePolicy activePolicy, RecordKeeping recordKeeping) {
        this.decisions = decisions;
        this.activePolicy = activePolicy;
        this.recordKeeping = recordKeeping;
    }

    void start() {
        clock.scheduleWithFixedDelay(this::follow, 1, 1, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(this::keepRecords, 0, 1, TimeUnit.HOURS);
    }

    void stop() {
        clock.shutdownNow();
    }

    private void keepRecords() {
        try {
            recordKeeping.keep();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("the ledger's records could not be looked after this time: %s", e.getMessage());
        }
    }

    private void follow() {
        try {
            decisions.follow();
            // Another replica may have put a version in force, the first one too.
            activePolicy.load();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the ledger could not be followed this time", e);
        }
    }
}
