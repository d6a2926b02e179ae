package io.leeway.decision;

import io.leeway.activity.KeptSeries;
import io.leeway.ledger.Ledger;
import io.leeway.model.ActivityQuery;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.StandbyVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Ceases to keep recent activity that no version asks for any more. Looks once for each change among the versions that decide or
 * stand by, so that what is gathered for a return to an older one is left alone. Not thread-safe: one thread looks, again and again.
 */
@ApplicationScoped
public class UnaskedActivity {
    private static final Logger LOG = Logger.getLogger(UnaskedActivity.class);

    private final Lane lane;
    private final Ledger ledger;
    private final KeptSeries kept;
    private final StandbyVersions standby;
    private final CompiledVersions compiled;
    /** The versions at the last look, and those for which nothing is left to be dropped. */
    private Set<String> seen = Set.of();

    private Set<String> settled = Set.of();

    UnaskedActivity(Lane lane, Ledger ledger, KeptSeries kept, StandbyVersions standby, CompiledVersions compiled) {
        this.lane = lane;
        this.ledger = ledger;
        this.kept = kept;
        this.standby = standby;
        this.compiled = compiled;
    }

    /** Looks, and drops what is due. Blocks; for as long as compiling takes where a version that stands by is not compiled here. */
    public void drop() throws SQLException {
        Set<String> standingBy = standby.digests();
        if (standingBy.equals(settled)) {
            return;
        }
        Set<ActivityQuery> asked = new HashSet<>();
        for (String digest : standingBy) {
            compiled.withDigest(digest)
                    .ifPresent(policy -> asked.addAll(policy.activityQuestions().all()));
        }
        // The first turn also brings what is known here of the ledger up to date.
        if (!standingBy.equals(seen) || kept.hasMoreThan(asked, ledger.head().size())) {
            drop(standingBy, asked);
            seen = standingBy;
        }
        if (!kept.hasMoreThan(asked, Long.MAX_VALUE)) {
            settled = standingBy;
        }
    }

    private void drop(Set<String> standingBy, Set<ActivityQuery> asked) {
        // What stands by may have changed meanwhile: then this is not what is asked.
        int dropped = lane.run(
                        Caller.INSTALLATION, tx -> standby.digests(tx).equals(standingBy) ? kept.retain(tx, asked) : 0)
                .join();
        if (dropped > 0) {
            LOG.infof("%d series of recent activity are no longer kept: no version asks for them", dropped);
        }
    }
}
