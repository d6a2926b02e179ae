package io.leeway.activity;

import io.leeway.activity.KeptSeries.Keeping;
import io.leeway.activity.KeptSeries.Kept;
import io.leeway.activity.PriorPermits.Permit;
import io.leeway.ledger.JsonObject;
import io.leeway.model.ActivityQuery.Measure;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Some decisions of the ledger, added to series that are not filled yet. Not thread-safe. */
final class SeriesPortion {
    private final String realm;
    private final List<Kept> series;
    private final long over;
    private final List<Past> decisions = new ArrayList<>();
    private final Map<UUID, ByteArrayOutputStream> journals = new HashMap<>();
    private long ends;

    /** @param over seconds since 1970: what no window reaches at that time is left out, and permits are over that ended by then */
    SeriesPortion(String realm, List<Kept> series, long over) {
        this.realm = realm;
        this.series = series;
        this.over = over;
    }

    private record Past(ActivityEvent event, UUID decision, Instant at, Allowed allowed) {}

    /** @param used whether the permit was used, which nobody else adds */
    void add(JsonObject header, boolean used) {
        ActivityEvent event = ActivityEvent.of(header);
        UUID decision = header.id("decisionId");
        Instant at = header.time("time");
        Allowed allowed = Allowed.by(header);
        Past past = new Past(event, decision, at, used ? allowed.used() : allowed);
        decisions.add(past);
        KeptSeries.journals(series, at).forEach((keeping, end) -> {
            UUID key = keeping.key(event);
            if (key != null && end > over) {
                ends = Math.max(ends, end);
                journals.computeIfAbsent(key, it -> new ByteArrayOutputStream())
                        .writeBytes(JournalEvent.of(event, decision, at, past.allowed())
                                .encoded());
            }
        });
    }

    /** Adds all of them. */
    void write(Connection connection) throws SQLException {
        Map<UUID, byte[]> events = new HashMap<>();
        journals.forEach((key, bytes) -> events.put(key, bytes.toByteArray()));
        Set<UUID> full = events.isEmpty() ? Set.of() : Journals.offer(connection, realm, events, ends);
        ActivityChanges changes = new ActivityChanges(realm);
        PriorPermits prior = new PriorPermits(realm);
        for (Past past : decisions) {
            for (Kept kept : series) {
                Keeping keeping = kept.keeping();
                UUID journal = keeping == null ? null : keeping.key(past.event());
                boolean summed = journal == null || full.contains(journal);
                UUID key = summed ? kept.series().key(kept.since(), past.event()) : null;
                if (key != null && kept.series().ends(past.at()) > over) {
                    add(changes, prior, kept.series(), key, past);
                }
            }
        }
        changes.write(connection);
        prior.write(connection);
    }

    private static void add(ActivityChanges changes, PriorPermits prior, Series series, UUID key, Past past) {
        if (series.measure() != Measure.PRIOR) {
            changes.add(series, key, past.at(), past.event(), past.decision(), past.allowed());
        } else if (past.allowed().isAnything()) {
            prior.add(series, key, Permit.of(past.event(), past.decision(), past.at()));
        }
    }
}
