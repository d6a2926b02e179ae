package io.leeway.server;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.policy.release.PolicyDirectory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells the operator at the start by what decisions are made, and whether that is what lies in the policy directory. */
@Singleton
class PolicyInForce {
    private static final Logger LOG = Logger.getLogger(PolicyInForce.class);
    private static final int SHOWN_OF_DIGEST = "sha256:".length() + 12;

    private final ActivePolicy activePolicy;
    private final List<Path> directories;

    PolicyInForce(ActivePolicy activePolicy, PolicyConfig config) {
        this.activePolicy = activePolicy;
        this.directories = ShippedPolicy.directories(config.directory());
    }

    /** One line; warns in the log when the directory holds something else than what is in force. */
    String describe() {
        CompiledPolicy policy = activePolicy.current();
        if (policy == null) {
            return none();
        }
        boolean imported = isInDirectory(policy);
        return "version " + policy.version() + ", " + policy.tables().rows().size() + " rows, "
                + policy.digest().substring(0, SHOWN_OF_DIGEST) + "…"
                + (imported ? " (imported from " + places() + ")" : " (not the files in " + places() + ")");
    }

    private String none() {
        long errors = activePolicy.findings().stream().filter(Finding::isError).count();
        return "NONE: " + errors + (errors == 1 ? " error in " : " errors in ") + places()
                + ", listed above; every decision is HUMAN_IN_CONTROL";
    }

    private boolean isInDirectory(CompiledPolicy policy) {
        try {
            if (PolicyFile.digestOf(PolicyDirectory.read(directories)).equals(policy.digest())) {
                return true;
            }
            LOG.warnf(
                    "the files in %s differ from the active version %s; the first import happens once",
                    places(), policy.version());
        } catch (IOException e) {
            LOG.warnf(
                    "the files in %s cannot be read (%s); the active version %s stays in force",
                    places(), e, policy.version());
        }
        return false;
    }

    private String places() {
        return directories.isEmpty()
                ? "no directory"
                : directories.stream()
                        .map(directory -> directory.toAbsolutePath().normalize().toString())
                        .collect(Collectors.joining(" and "));
    }
}
