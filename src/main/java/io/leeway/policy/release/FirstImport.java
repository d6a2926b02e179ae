package io.leeway.policy.release;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.policy.PolicyFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/** Brings the installation's own files into force where no version ever was. */
@ApplicationScoped
public class FirstImport {
    private static final Logger LOG = Logger.getLogger(FirstImport.class);

    private final PolicyVersions versions;
    private final ActivePolicy activePolicy;

    FirstImport(PolicyVersions versions, ActivePolicy activePolicy) {
        this.versions = versions;
        this.activePolicy = activePolicy;
    }

    /** A version that was compiled aside and waits for its place in the ledger. */
    public final class Prepared {
        private final PolicyLoader.Loaded loaded;
        private final List<PolicyFile> files;
        private long generation;

        private Prepared(PolicyLoader.Loaded loaded, List<PolicyFile> files) {
            this.loaded = loaded;
            this.files = files;
        }

        /** Whether it can come into force. */
        public boolean isAcceptable() {
            return loaded.policy() != null;
        }

        /**
         * Puts it in force, unless a version was active before.
         *
         * @return whether it was put in force
         */
        public boolean activate(LedgerTransaction tx) throws SQLException {
            var policy = loaded.policy();
            if (policy == null || tx.policyGeneration() != 0) {
                return false;
            }
            versions.activate(
                    tx,
                    Actor.INSTALLATION,
                    new PolicyVersions.Version(policy.version(), policy.digest(), files),
                    "First import from the installation's policy directory");
            generation = tx.policyGeneration();
            return true;
        }

        /** Lets this replica decide by it; call once the activation is durable. */
        public void inForce() {
            var policy = loaded.policy();
            if (policy != null) {
                activePolicy.inForce(generation, policy);
            }
        }
    }

    /**
     * Compiles the files aside. Findings are kept for {@link ActivePolicy#findings} and logged.
     *
     * @param now its day in UTC names the version, and tells which reviews are due and which rows are expired
     */
    public Prepared prepare(List<PolicyFile> files, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        PolicyLoader.Loaded loaded = PolicyLoader.load(today + ".1", files, today);
        activePolicy.found(loaded.findings());
        loaded.findings()
                .forEach(finding -> LOG.log(
                        finding.isError() ? Logger.Level.ERROR : Logger.Level.WARN,
                        finding.file() + " " + finding.sheet() + " " + finding.cell() + " " + finding.code() + ": "
                                + finding.message() + " " + finding.help()));
        return new Prepared(loaded, files);
    }
}
