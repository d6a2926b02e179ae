package io.leeway.decision;

import io.leeway.activity.SeriesFilling;
import io.leeway.activity.SeriesFilling.Progress;
import io.leeway.ledger.Reads;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Refusal;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.FollowedDirectory;
import io.leeway.policy.release.StandbyVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what versions ask of recent activity before they decide, so that nobody waits for it when one comes into force.
 */
@ApplicationScoped
public class ActivityAhead implements FollowedDirectory.Preparation {
    /** How long whoever puts a version in force waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(500);

    private static final String GATHERED = "recent activity that is still being gathered from the ledger";

    private final Lane lane;
    private final SeriesFilling filling;
    private final StandbyVersions standby;
    private final CompiledVersions compiled;

    ActivityAhead(Lane lane, SeriesFilling filling, StandbyVersions standby, CompiledVersions compiled) {
        this.lane = lane;
        this.filling = filling;
        this.standby = standby;
        this.compiled = compiled;
    }

    /** Begins for those versions that may come into force next. Blocks, for no longer than a turn of the lane. */
    public void begin() throws SQLException, InterruptedException {
        Set<ActivityQuery> asked = new HashSet<>();
        standby.digests().forEach(digest -> asked.addAll(asked(digest)));
        if (!filling.isDone(asked) && !prepared(asked)) {
            filling.await(STEP);
        }
    }

    /**
     * Waits until everything is there that the version asks.
     *
     * @param digest of a version that is compiled here
     * @throws Refusal {@code ACTIVITY_NOT_READY} when that takes longer than 20 s; it goes on meanwhile
     */
    public void gather(String digest) throws InterruptedException {
        Optional<String> missing = await(digest);
        if (missing.isPresent()) {
            throw notReady(missing.get());
        }
    }

    private static Refusal notReady(String missing) {
        return new Refusal(
                Refusal.Kind.CONFLICT,
                "ACTIVITY_NOT_READY",
                "The version asks for " + missing + ". Try again in a minute.");
    }

    /**
     * Makes sure that everything is there still where a version comes into force: it may have been dropped since it was gathered.
     * Only inside the lane.
     *
     * @param digest of a version that is compiled here
     * @throws Refusal {@code ACTIVITY_NOT_READY}
     */
    @Override
    public void require(String digest) {
        if (!filling.isDone(asked(digest))) {
            throw notReady(GATHERED);
        }
    }

    private Set<ActivityQuery> asked(String digest) {
        CompiledPolicy policy = compiled.present(digest);
        return policy == null ? Set.of() : policy.activityQuestions().all();
    }

    /**
     * Waits likewise, and no longer.
     *
     * @param digest of a version that is compiled here
     * @return what is missing after 20 s, and how far it is; empty when everything is there
     */
    @Override
    public Optional<String> await(String digest) throws InterruptedException {
        Set<ActivityQuery> asked = asked(digest);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!filling.isDone(asked) && !prepared(asked)) {
            if (System.nanoTime() > end) {
                return Optional.of(missing(asked));
            }
            filling.await(STEP);
        }
        return Optional.empty();
    }

    private boolean prepared(Set<ActivityQuery> asked) {
        return lane.run(Caller.INSTALLATION, tx -> filling.prepare(tx, asked)).join();
    }

    private String missing(Set<ActivityQuery> asked) {
        try {
            Progress progress = filling.progress(asked);
            return GATHERED + (progress == null ? "" : ", " + progress.done() * 100 / progress.all() + " % so far");
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }
}
