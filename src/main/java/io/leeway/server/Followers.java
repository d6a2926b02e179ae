package io.leeway.server;

import io.leeway.activity.ActivityRetention;
import io.leeway.decision.ActivityAhead;
import io.leeway.decision.Caller;
import io.leeway.decision.Decisions;
import io.leeway.decision.Lane;
import io.leeway.decision.UnaskedActivity;
import io.leeway.evidence.ShadowDecisions;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.policy.release.FollowedDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is done in the background: following the ledger once a second, keeping its records once an hour. */
@ApplicationScoped
class Followers {
    private static final Logger LOG = Logger.getLogger(Followers.class);
    private static final int LOOK_SECONDS = 5;

    private final Decisions decisions;
    private final ActivePolicy activePolicy;
    private final RecordKeeping recordKeeping;
    private final FollowedDirectory directory;
    private final PolicyConfig policyConfig;
    private final Lane lane;
    private final ShadowDecisions shadowDecisions;
    private final ActivityAhead activityAhead;
    private final UnaskedActivity unaskedActivity;
    private final ActivityRetention activityRetention;
    private final ScheduledExecutorService clock = thread("followers");
    private final ScheduledExecutorService shadows = thread("shadow");
    private final ScheduledExecutorService checks = thread("policy-follower");

    Followers(
            Decisions decisions,
            ActivePolicy activePolicy,
            RecordKeeping recordKeeping,
            FollowedDirectory directory,
            PolicyConfig policyConfig,
            Lane lane,
            ShadowDecisions shadowDecisions,
            ActivityAhead activityAhead,
            UnaskedActivity unaskedActivity,
            ActivityRetention activityRetention) {
        this.decisions = decisions;
        this.activePolicy = activePolicy;
        this.recordKeeping = recordKeeping;
        this.directory = directory;
        this.policyConfig = policyConfig;
        this.lane = lane;
        this.shadowDecisions = shadowDecisions;
        this.activityAhead = activityAhead;
        this.unaskedActivity = unaskedActivity;
        this.activityRetention = activityRetention;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        clock.scheduleWithFixedDelay(this::follow, 1, 1, TimeUnit.SECONDS);
        // Apart from the others, as there may be much to do.
        shadows.scheduleWithFixedDelay(this::decideInShadow, 1, 1, TimeUnit.SECONDS);
        if (directory.isFollowed()) {
            // Apart from the others, as a check may take a while.
            checks.scheduleWithFixedDelay(this::lookAtDirectory, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
        clock.scheduleWithFixedDelay(this::keepRecords, 0, 1, TimeUnit.HOURS);
        shadows.scheduleWithFixedDelay(this::forgetActivity, 1, 1, TimeUnit.MINUTES);
    }

    void stop() {
        clock.shutdownNow();
        checks.shutdownNow();
        shadows.shutdownNow();
    }

    private void decideInShadow() {
        try {
            shadowDecisions.follow();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the versions in shadow could not decide this time", e);
        }
    }

    private void lookAtDirectory() {
        try {
            directory.look(ShippedPolicy.directories(policyConfig.directory()), this::inLane, activityAhead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.warnf("the policy directory could not be followed this time: %s", e.getMessage());
        }
    }

    private <T> T inLane(FollowedDirectory.InLane<T> work) {
        return lane.run(Caller.INSTALLATION, work::run).join();
    }

    private void forgetActivity() {
        try {
            activityRetention.forget();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("activity that is over could not be forgotten this time", e);
        }
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
            activityAhead.begin();
            unaskedActivity.drop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the ledger could not be followed this time", e);
        }
    }
}
