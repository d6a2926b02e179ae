package io.leeway.policy.release;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.check.FindingCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
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
     * Reads and compiles the files aside. Findings are kept for {@link ActivePolicy#findings} and logged; a directory that
     * cannot be read is one.
     *
     * @param now its day in UTC names the version, and tells which reviews are due and which rows are expired
     */
    public Prepared prepare(List<Path> directories, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<PolicyFile> files = List.of();
        PolicyLoader.Loaded loaded;
        try {
            files = PolicyDirectory.read(directories);
            loaded = checked(PolicyLoader.load(today + ".1", files, today));
        } catch (IOException e) {
            loaded = new PolicyLoader.Loaded(null, List.of(unreadable(directories, e)), today);
        }
        activePolicy.found(loaded.findings());
        loaded.findings().forEach(finding -> LOG.log(level(finding), finding));
        return new Prepared(loaded, files);
    }

    /** What breaks a guarantee, fails a test or lets a safeguard be evaded does not come into force either. */
    private static PolicyLoader.Loaded checked(PolicyLoader.Loaded loaded) {
        List<Finding> findings = PolicyCheck.of(loaded).findings();
        boolean sound = findings.stream().noneMatch(Finding::isError);
        return new PolicyLoader.Loaded(sound ? loaded.policy() : null, findings, loaded.today());
    }

    private static Logger.Level level(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> Logger.Level.ERROR;
            case WARNING -> Logger.Level.WARN;
            case INFO -> Logger.Level.DEBUG;
        };
    }

    private static Finding unreadable(List<Path> directories, IOException failure) {
        String message = failure instanceof NoSuchFileException missing
                ? "`" + missing.getFile() + "` does not exist"
                : failure instanceof NotDirectoryException file
                        ? "`" + file.getFile() + "` is no directory"
                        : "the policy files cannot be read: " + failure;
        String places = directories.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Finding.error(
                FindingCode.UNREADABLE_DIRECTORY.code(),
                places,
                null,
                null,
                message,
                FindingCode.UNREADABLE_DIRECTORY.help());
    }
}
