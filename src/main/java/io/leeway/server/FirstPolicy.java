package io.leeway.server;

import io.leeway.ledger.Ledger;
import io.leeway.policy.release.FirstImport;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/** Imports the installation's files where no policy version ever was. */
@ApplicationScoped
class FirstPolicy {
    private static final Logger LOG = Logger.getLogger(FirstPolicy.class);

    private final Ledger ledger;
    private final StartupWork startupWork;
    private final FirstImport firstImport;
    private final PolicyConfig config;

    FirstPolicy(Ledger ledger, StartupWork startupWork, FirstImport firstImport, PolicyConfig config) {
        this.ledger = ledger;
        this.startupWork = startupWork;
        this.firstImport = firstImport;
        this.config = config;
    }

    /** Puts the files in force, or says why they cannot be; the service runs on either way. */
    void importIfNone() throws SQLException {
        if (ledger.head().policyGeneration() != 0) {
            return;
        }
        List<Path> directories = ShippedPolicy.directories(config.directory());
        FirstImport.Prepared prepared =
                firstImport.prepare(directories, ledger.moment().now());
        if (!prepared.isAcceptable()) {
            LOG.errorf("no policy: the files in %s have errors; every decision is HUMAN_IN_CONTROL", directories);
        } else {
            prepared.keep();
            startupWork.run(prepared::activate);
        }
    }
}
