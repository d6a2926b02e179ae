package io.leeway.server;

import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.RecordPartitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the months of the records before they are needed, and takes out those past their retention. */
@ApplicationScoped
class RecordKeeping {
    private static final Logger LOG = Logger.getLogger(RecordKeeping.class);

    private final Ledger ledger;
    private final Lane lane;
    private final Optional<Period> retention;

    RecordKeeping(Ledger ledger, Lane lane, RetentionConfig config) {
        this.ledger = ledger;
        this.lane = lane;
        this.retention = config.records();
    }

    /** Does what is due now. Blocks; work in the lane only when something is due. */
    void keep() throws SQLException {
        Instant now = ledger.moment().now();
        if (ledger.query(connection -> RecordPartitions.areMissing(connection, now))) {
            lane.run(Caller.INSTALLATION, RecordPartitions::make).join();
        }
        if (retention.isPresent()) {
            takeOut(retention.get(), now);
        }
    }

    private void takeOut(Period period, Instant now) throws SQLException {
        boolean more = ledger.query(connection -> RecordPartitions.haveEnded(connection, limit(period, now)));
        while (more) {
            more = lane.run(Caller.INSTALLATION, tx -> RecordPartitions.takeOut(tx, limit(period, tx.now())))
                    .join();
        }
        ledger.query(connection -> {
            RecordPartitions.drop(connection);
            return true;
        });
        LOG.debugf("records before %s are gone", limit(period, now));
    }

    private static Instant limit(Period period, Instant now) {
        return now.atOffset(ZoneOffset.UTC).minus(period).toInstant();
    }
}
