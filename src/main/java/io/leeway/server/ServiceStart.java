package io.leeway.server;

import io.leeway.decision.Caller;
import io.leeway.decision.Decisions;
import io.leeway.decision.Lane;
import io.leeway.ledger.Ledger;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.policy.release.FirstImport;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.security.BootstrapKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Brings the service up in its order: ledger, lane, first key, policy; and down in the reverse. */
@ApplicationScoped
class ServiceStart {
    private static final Logger LOG = Logger.getLogger(ServiceStart.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Lane lane;
    private final Decisions decisions;
    private final BootstrapKey bootstrapKey;
    private final FirstImport firstImport;
    private final ActivePolicy activePolicy;
    private final PolicyConfig config;
    private final ScheduledExecutorService followers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "followers");
        thread.setDaemon(true);
        return thread;
    });

    ServiceStart(
            Ledger ledger,
            Lane lane,
            Decisions decisions,
            BootstrapKey bootstrapKey,
            FirstImport firstImport,
            ActivePolicy activePolicy,
            PolicyConfig config) {
        this.ledger = ledger;
        this.lane = lane;
        this.decisions = decisions;
        this.bootstrapKey = bootstrapKey;
        this.firstImport = firstImport;
        this.activePolicy = activePolicy;
        this.config = config;
    }

    void start(@Observes StartupEvent event) throws SQLException, IOException {
        ledger.start();
        // Compiling takes longer than a turn of the lane may, so it is done before there is one.
        activePolicy.load();
        lane.start();
        makeFirstKey();
        importFirstPolicy();
        followers.scheduleWithFixedDelay(this::follow, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        lane.drain(DRAIN);
        followers.shutdownNow();
    }

    private void makeFirstKey() throws IOException {
        BootstrapKey.Draft draft = bootstrapKey.prepare();
        Optional<String> id = lane.run(Caller.INSTALLATION, tx -> bootstrapKey.createIfNone(tx, draft))
                .join();
        bootstrapKey.finish(id).ifPresent(file -> LOG.infof("the one-time admin key is in %s", file));
    }

    private void importFirstPolicy() throws SQLException {
        if (ledger.head().policyGeneration() != 0) {
            return;
        }
        List<Path> directories = ShippedPolicy.directories(config.directory());
        try {
            FirstImport.Prepared prepared = firstImport.prepare(
                    PolicyDirectory.read(directories), ledger.moment().now());
            if (prepared.isAcceptable()) {
                if (lane.run(Caller.INSTALLATION, prepared::activate).join()) {
                    prepared.inForce();
                }
            } else {
                LOG.errorf("no policy: the files in %s have errors; every decision is HUMAN_IN_CONTROL", directories);
            }
        } catch (IOException e) {
            LOG.errorf("no policy: %s cannot be read (%s); every decision is HUMAN_IN_CONTROL", directories, e);
        }
    }

    private void follow() {
        try {
            decisions.follow();
            // Another replica may have put a version in force, the first one too.
            activePolicy.load();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the projections could not follow the ledger this time", e);
        }
    }
}
