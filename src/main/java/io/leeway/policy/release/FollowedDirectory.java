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
import org.jspecify.annotations.Nullable;

/**
 * Makes a candidate of what changes in the installation's policy directory, a git checkout for example, and puts it in force where
 * nobody has to look at it. One thread looks, again and again; any may ask what is waiting.
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

    /** What is to come into force of the files that were seen; null when nothing is. */
    private @Nullable PolicyVersion next;

    private volatile @Nullable Waiting waiting;

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

    /** What a version needs beside its rules before it can decide. */
    public interface Preparation {
        /**
         * Waits for it, for a while.
         *
         * @param digest of a version that is compiled here
         * @return what is missing still; empty when the version can decide
         */
        Optional<String> await(String digest) throws InterruptedException;

        /**
         * Makes sure that nothing has come to be missing since.
         *
         * @param digest of a version that is compiled here
         * @throws io.leeway.model.Refusal when something has
         */
        void require(String digest);
    }

    /**
     * A version that will come into force by itself, and not yet.
     *
     * @param what it waits for
     */
    public record Waiting(String version, String what) {}

    /** Whether the operator wants it. */
    public boolean isFollowed() {
        return config.follow() != Follow.OFF;
    }

    /** The version that waits, if one does: another one is in force meanwhile. */
    public Optional<Waiting> waiting() {
        return Optional.ofNullable(waiting);
    }

    /**
     * Looks, and does what is due; nothing while the files still change, or are those of the active version. Blocks.
     *
     * @throws IOException when a directory cannot be read
     */
    public void look(List<Path> directories, Turn turn, Preparation preparation)
            throws IOException, SQLException, InterruptedException {
        List<PolicyFile> files = PolicyDirectory.read(directories);
        String digest = PolicyFile.digestOf(files);
        boolean settled = digest.equals(seen);
        seen = digest;
        Optional<PolicyVersion> active = versions.active();
        if (!settled || active.isEmpty() || active.get().digest().equals(digest)) {
            next(null);
            return;
        }
        if (!digest.equals(done) || isOvertakenBy(active.get())) {
            next(propose(files, turn));
            done = digest;
        }
        if (next != null) {
            activate(next, active.get(), turn, preparation);
        }
    }

    private @Nullable PolicyVersion propose(List<PolicyFile> files, Turn turn) throws SQLException {
        Candidate candidate = candidates.checkWhole(files);
        PolicyVersion version = turn.run(tx -> candidates.proposeOnce(tx, Actor.INSTALLATION, candidate, MESSAGE));
        LOG.infof("the policy directory has changed: version %s, %s", version.name(), version.meaning());
        return config.follow() == Follow.ACTIVATE ? version : null;
    }

    /** What was proven of it was proven against the version that was active before. */
    private boolean isOvertakenBy(PolicyVersion active) {
        return next != null && !active.name().equals(next.base());
    }

    private void activate(PolicyVersion version, PolicyVersion active, Turn turn, Preparation preparation)
            throws SQLException, InterruptedException {
        if (Activations.needsNobody(version)) {
            activations.prepare(version.name());
            Optional<String> missing = preparation.await(version.digest());
            if (missing.isPresent()) {
                await(new Waiting(version.name(), missing.get()), active);
                return;
            }
        }
        boolean inForce = turn.run(tx -> {
            preparation.require(version.digest());
            return activations.activateUnattended(tx, version.name());
        });
        next(null);
        if (inForce) {
            LOG.infof("version %s is in force: it gives nobody more leeway", version.name());
        } else if (versions.get(version.name()).state() == PolicyVersion.State.CANDIDATE) {
            LOG.warnf("version %s needs people to approve it", version.name());
        }
    }

    private void await(Waiting what, PolicyVersion active) {
        if (!what.equals(waiting)) {
            LOG.infof("version %s waits for %s; version %s stays in force", what.version(), what.what(), active.name());
        }
        waiting = what;
    }

    private void next(@Nullable PolicyVersion version) {
        next = version;
        waiting = null;
    }
}
