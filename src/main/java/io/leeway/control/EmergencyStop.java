package io.leeway.control;

import io.leeway.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The switch that needs no database, no network and no key: while it is pulled this replica gives no verdict and honours no
 * permit. It stays pulled until what it asked for stands in the ledger as a stop of everything, which then holds on.
 */
@ApplicationScoped
public class EmergencyStop {
    /** Name of the file in a replica's data directory that pulls it. */
    public static final String FILE = "STOP";

    private volatile boolean engaged;

    /** Pulls the switch. Takes effect for whatever has not been decided yet. */
    public void engage() {
        engaged = true;
    }

    /** Lets go, once the stop is recorded. */
    public void release() {
        engaged = false;
    }

    public boolean isEngaged() {
        return engaged;
    }

    /** @throws Refusal {@code EMERGENCY_STOP} while the switch is pulled */
    public void refuseIfEngaged() {
        if (engaged) {
            throw refusal();
        }
    }

    /** What a caller is told while the switch is pulled. */
    public static Refusal refusal() {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                "EMERGENCY_STOP",
                "This replica was stopped by hand. There is no verdict: treat the action as human in control.");
    }
}
