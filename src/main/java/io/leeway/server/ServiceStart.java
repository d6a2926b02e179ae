package io.leeway.server;

import io.leeway.decision.Lane;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.security.BootstrapKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings the service up in its order: ledger, lane, emergency stop, first key, policy; and down in the reverse. */
@ApplicationScoped
class ServiceStart {
    private static final Logger LOG = Logger.getLogger(ServiceStart.class);
    static final Duration DRAIN = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Lane lane;
    private final StopFile stopFile;
    private final BootstrapKey bootstrapKey;
    private final ActivePolicy activePolicy;
    private final FirstPolicy firstPolicy;
    private final Followers followers;
    private final StartupWork startupWork;

    ServiceStart(
            Ledger ledger,
            Lane lane,
            StopFile stopFile,
            BootstrapKey bootstrapKey,
            ActivePolicy activePolicy,
            FirstPolicy firstPolicy,
            Followers followers,
            StartupWork startupWork) {
        this.ledger = ledger;
        this.lane = lane;
        this.stopFile = stopFile;
        this.bootstrapKey = bootstrapKey;
        this.activePolicy = activePolicy;
        this.firstPolicy = firstPolicy;
        this.followers = followers;
        this.startupWork = startupWork;
    }

    void start(@Observes StartupEvent event) throws SQLException, IOException {
        ledger.start();
        // Compiling takes longer than a turn of the lane may, so it is done before there is one.
        activePolicy.load();
        lane.start();
        // On a busy machine, loading the classes of the first turn takes longer than a turn may; and what came of a
        // turn that
        // failed is not known. So nothing is done in the first one.
        startupWork.run(LedgerTransaction::position);
        stopFile.start();
        makeFirstKey();
        firstPolicy.importIfNone();
        // The race for the first version may have gone to another replica.
        activePolicy.load();
        followers.start();
    }

    void stop(@Observes ShutdownEvent event) {
        followers.stop();
        stopFile.stop();
        lane.drain(DRAIN);
    }

    private void makeFirstKey() throws IOException {
        BootstrapKey.Draft draft = bootstrapKey.prepare();
        Optional<String> id = startupWork.run(tx -> bootstrapKey.createIfNone(tx, draft));
        bootstrapKey.finish(id).ifPresent(file -> LOG.infof("the one-time admin key is in %s", file));
    }
}
