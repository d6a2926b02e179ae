package io.leeway.policy.release;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.ReleaseConfig.Follow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes a candidate of what changes in the installation's policy directory, a git checkout for example. Not thread-safe: one
 * thread looks, again and again.
 */
@ApplicationScoped
public class FollowedDirectory {
    private static final Logger LOG = Logger.getLogger(FollowedDirectory.class);
    private static final String MESSAGE = "Changed in the installation's policy directory";

    private final PolicyVersions versions;
    private final Candidates candidates;
    private final Activations activations;
    private final ReleaseConfig config;
    /** Digest at the last look, and whether it has been dealt with; files that somebody still writes change between two. */
    private String seen = "";

    private String done = "";

    FollowedDirectory(PolicyVersions versions, Candidates candidates, Activations activations, ReleaseConfig config) {
        this.versions = versions;
        this.candidates = candidates;
        this.activations = activations;
        this.config = config;
    }

    /** Where its work in the ledger is done. */
    @FunctionalInterface
    public interface Turn {
        /** Runs the work in a turn of the lane, and waits for it. */
        <T> T run(InLane<T> work);
    }

    /** Work for a turn of the lane. */
    @FunctionalInterface
    public interface InLane<T> {
        T run(LedgerTransaction tx) throws SQLException;
    }

    /** Whether the operator wants it. */
    public boolean isFollowed() {
        return config.follow() != Follow.OFF;
    }

    /**
     * Looks, and does what is due; nothing while the files still change, or are those of the active version. Blocks.
     *
     * @throws IOException when a directory cannot be read
     */
    public void look(List<Path> directories, Turn turn) throws IOException, SQLException {
        List<PolicyFile> files = PolicyDirectory.read(directories);
        String digest = PolicyFile.digestOf(files);
        boolean settled = digest.equals(seen);
        seen = digest;
        Optional<PolicyVersion> active = versions.active();
        if (!settled
                || digest.equals(done)
                || active.isEmpty()
                || active.get().digest().equals(digest)) {
            return;
        }
        Candidate candidate = candidates.checkWhole(files);
        PolicyVersion version = turn.run(tx -> candidates.proposeOnce(tx, Actor.INSTALLATION, candidate, MESSAGE));
        done = digest;
        LOG.infof("the policy directory has changed: version %s, %s", version.name(), version.meaning());
        if (config.follow() == Follow.ACTIVATE) {
            activate(version, turn);
        }
    }

    private void activate(PolicyVersion version, Turn turn) throws SQLException {
        if (version.obstacles().errors() == 0) {
            activations.prepare(version.name());
        }
        if (turn.run(tx -> activations.activateUnattended(tx, version.name()))) {
            LOG.infof("version %s is in force: it gives nobody more leeway", version.name());
        } else {
            LOG.warnf("version %s needs people to approve it", version.name());
        }
    }
}
