package io.leeway.policy.release;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyVersion.State;
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
import org.jspecify.annotations.Nullable;

/** Brings the installation's own files into force where no version ever was. */
@ApplicationScoped
public class FirstImport {
    private static final Logger LOG = Logger.getLogger(FirstImport.class);

    private static final String MESSAGE = "First import from the installation's policy directory";

    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final Activations activations;
    private final ActivePolicy activePolicy;

    FirstImport(
            PolicyVersions versions, CompiledVersions compiled, Activations activations, ActivePolicy activePolicy) {
        this.versions = versions;
        this.compiled = compiled;
        this.activations = activations;
        this.activePolicy = activePolicy;
    }

    /** A version that was compiled aside and waits for its place in the ledger. */
    public final class Prepared {
        private final List<PolicyFile> files;
        private final @Nullable CompiledPolicy policy;
        private final CandidateReport report;

        private Prepared(List<PolicyFile> files, @Nullable CompiledPolicy policy, CandidateReport report) {
            this.files = files;
            this.policy = policy;
            this.report = report;
        }

        /** Whether it can come into force. */
        public boolean isAcceptable() {
            return policy != null;
        }

        /** Keeps the files, and what was compiled of them; before {@link #activate}. */
        public void keep() throws SQLException {
            versions.keep(files);
            if (policy != null) {
                compiled.keep(policy);
            }
        }

        /**
         * Puts it in force, unless a version was active before. Nobody approves it, and rows without tests are let pass, as
         * the entry says.
         *
         * @return whether it was put in force
         */
        public boolean activate(LedgerTransaction tx) throws SQLException {
            if (policy == null || tx.policyGeneration() != 0) {
                return false;
            }
            PolicyVersion version = new PolicyVersion(
                    PolicyVersions.nextName(tx),
                    policy.digest(),
                    State.CANDIDATE,
                    Actor.INSTALLATION.subject(),
                    MESSAGE,
                    tx.now(),
                    tx.position(),
                    null,
                    0,
                    null,
                    false,
                    Meaning.UNPROVEN,
                    report.obstacles(),
                    List.of());
            versions.insert(tx, version, files, report.json());
            activations.putInForce(tx, Actor.INSTALLATION, version, MESSAGE);
            return true;
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
            loaded = PolicyLoader.load(today + ".1", files, today);
        } catch (IOException e) {
            loaded = new PolicyLoader.Loaded(null, List.of(unreadable(directories, e)), today);
        }
        PolicyCheck check = PolicyCheck.of(loaded);
        activePolicy.found(check.findings());
        check.findings().forEach(finding -> LOG.log(level(finding), finding));
        // What breaks a guarantee, fails a test or lets a safeguard be evaded does not come into force either.
        boolean sound = check.findings().stream().noneMatch(Finding::isError);
        CompiledPolicy policy = sound ? loaded.policy() : null;
        PolicyTables tables = policy == null ? PolicyTables.NONE : policy.tables();
        return new Prepared(files, policy, CandidateReport.of(check, tables, PolicyTables.NONE));
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
