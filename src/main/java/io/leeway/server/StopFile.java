package io.leeway.server;

import io.leeway.control.EmergencyStop;
import io.leeway.control.NewStop;
import io.leeway.control.StopScope;
import io.leeway.control.Stops;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.model.Actor;
import io.leeway.security.DataDirectoryConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Watches for the file {@code STOP} in the data directory, five times a second. When it appears the emergency stop is
 * pulled at once; as soon as the ledger can record, a stop of everything is placed, and only when that stands and the file
 * is gone does the replica decide again: under that stop, until two people release it.
 */
@ApplicationScoped
class StopFile {
    private static final Logger LOG = Logger.getLogger(StopFile.class);
    private static final long LOOK_MILLIS = 200;
    private static final String REASON = "Emergency stop by the file STOP in a replica's data directory";

    private final EmergencyStop emergencyStop;
    private final Stops stops;
    private final Lane lane;
    private final Path file;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stop-file");
        thread.setDaemon(true);
        return thread;
    });
    private boolean recorded;
    private boolean recording;

    StopFile(EmergencyStop emergencyStop, Stops stops, Lane lane, DataDirectoryConfig config) {
        this.emergencyStop = emergencyStop;
        this.stops = stops;
        this.lane = lane;
        this.file = config.path().resolve(EmergencyStop.FILE);
    }

    /** Looks once, so that a file that is there already holds before the first verdict; then keeps looking. */
    void start() {
        look();
        watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        watch.shutdownNow();
    }

    private synchronized void look() {
        boolean present = Files.exists(file);
        if (present && !emergencyStop.isEngaged()) {
            emergencyStop.engage();
            recorded = false;
            LOG.warnf("%s is there: no verdict until it is gone and recorded", file);
        }
        if (!emergencyStop.isEngaged()) {
            return;
        }
        if (!recorded) {
            record();
        } else if (!present) {
            emergencyStop.release();
            LOG.warnf("%s is gone; the stop of everything that it left in the ledger holds until it is released", file);
        }
    }

    private void record() {
        if (recording) {
            return;
        }
        recording = true;
        lane.run(
                        Caller.INSTALLATION,
                        tx -> stops.place(
                                tx, Actor.INSTALLATION, NewStop.halt(new StopScope(StopScope.Kind.ALL, ""), REASON)))
                .whenComplete((stop, failure) -> recorded(failure == null));
    }

    private synchronized void recorded(boolean done) {
        recording = false;
        recorded = done;
    }
}
