package io.leeway.server;

import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.decision.Work;
import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Work that the start cannot do without. A machine that is starting several things may take longer over its first
 * transaction than a transaction may take, so it is tried again; such work must bear being done twice.
 */
@ApplicationScoped
class StartupWork {
    private static final Logger LOG = Logger.getLogger(StartupWork.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Lane lane;

    StartupWork(Lane lane) {
        this.lane = lane;
    }

    /**
     * Blocks until it is recorded.
     *
     * @throws CompletionException with the reason of the last try, when it still cannot be after 30 s
     */
    <T> T run(Work<T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return lane.run(Caller.INSTALLATION, work).join();
            } catch (CompletionException e) {
                boolean passing = e.getCause() instanceof Refusal refusal && refusal.kind() == Refusal.Kind.UNAVAILABLE;
                if (!passing || System.nanoTime() > end) {
                    throw e;
                }
                LOG.warnf("the start could not be recorded, and is tried again: %s", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
