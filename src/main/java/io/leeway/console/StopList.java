package io.leeway.console;

import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.model.StopLevel;
import io.leeway.security.Principal;
import java.util.List;

/**
 * The stops, and a form for another one.
 *
 * @param done what was done just now, {@code ""} for nothing
 * @param fault what could not be done, {@code ""} for nothing
 * @param mayPlace whether the reader may place and release
 * @param next position before which older ones are, 0 when there are none
 */
record StopList(
        List<Card> inForce,
        List<Card> drills,
        List<Card> released,
        StopForm form,
        String done,
        String fault,
        boolean mayPlace,
        boolean first,
        long next) {
    StopList {
        inForce = List.copyOf(inForce);
        drills = List.copyOf(drills);
        released = List.copyOf(released);
    }

    /**
     * One stop.
     *
     * @param own whether the reader asked for its release, and so cannot be the second person
     */
    record Card(Stop stop, boolean own) {
        static Card of(Stop stop, Principal reader) {
            Stop.Consent request = stop.request();
            return new Card(
                    stop, request != null && request.by().equals(reader.actor().subject()));
        }

        /** {@code every action of the agent `billing-bot`}. */
        public String held() {
            return StopPreview.held(stop.scope());
        }

        public boolean isHalt() {
            return stop.level() == StopLevel.HALT;
        }

        public boolean isAskedFor() {
            return stop.state() == Stop.State.RELEASE_REQUESTED;
        }
    }

    /** How hard a stop can hold, the hardest first. */
    public List<StopLevel> levels() {
        return List.of(StopLevel.HALT, StopLevel.APPROVE_ALL);
    }

    /** What a stop can be set on. */
    public List<StopScope.Kind> kinds() {
        return List.of(StopScope.Kind.values());
    }
}
