package io.leeway.evidence;

import io.leeway.control.Acknowledgements;
import io.leeway.control.Stop;
import io.leeway.control.Stops;
import io.leeway.decision.StopActivities;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Reads;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Tells of a stop which agents are known to keep to it, from the ledger alone. */
@ApplicationScoped
public class StopConfirmations {
    private final Stops stops;
    private final Acknowledgements acknowledgements;
    private final StopActivities activities;
    private final Ledger ledger;

    StopConfirmations(Stops stops, Acknowledgements acknowledgements, StopActivities activities, Ledger ledger) {
        this.stops = stops;
        this.acknowledgements = acknowledgements;
        this.activities = activities;
        this.ledger = ledger;
    }

    /** The stop with that id and what is known; empty when there is none. Blocks on the database. */
    public Optional<StopConfirmation> find(UUID id) {
        return stops.find(id).map(this::of);
    }

    private StopConfirmation of(Stop stop) {
        try {
            Stop.Consent release = stop.release();
            Instant end = release == null ? null : release.at();
            return StopConfirmation.of(
                    stop,
                    activities.of(stop, end),
                    acknowledgements.of(stop.id()),
                    end == null ? ledger.moment().now() : end);
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }
}
