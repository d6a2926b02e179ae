package io.leeway.console;

import io.leeway.control.Narrowing;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.model.StopLevel;
import io.leeway.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    /** Scopes that may have narrower ones of their own kind: a family of actions, an id under every type. */
    private static final Set<StopScope.Kind> DIVISIBLE = Set.of(StopScope.Kind.ACTION, StopScope.Kind.SUBJECT);

    StopList {
        inForce = List.copyOf(inForce);
        drills = List.copyOf(drills);
        released = List.copyOf(released);
    }

    /**
     * One stop.
     *
     * @param own whether the reader asked for its release, and so cannot be the second person
     * @param parts of it that go first, or are asked for
     */
    record Card(Stop stop, boolean own, List<Part> parts) {
        Card {
            parts = List.copyOf(parts);
        }

        static Card of(Stop stop, Principal reader) {
            Stop.Consent request = stop.request();
            return new Card(
                    stop,
                    request != null && isOf(request, reader),
                    stop.narrowings().stream()
                            .map(part -> new Part(part, isOf(part.request(), reader)))
                            .toList());
        }

        private static boolean isOf(Stop.Consent request, Principal reader) {
            return request.by().equals(reader.actor().subject());
        }

        /** What a part of it can be told by. */
        public List<StopScope.Kind> partKinds() {
            return Stream.of(StopScope.Kind.values())
                    .filter(kind -> kind != StopScope.Kind.ALL)
                    .filter(kind -> kind != stop.scope().kind() || DIVISIBLE.contains(kind))
                    .toList();
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

    /**
     * A part of a stop that goes before the rest.
     *
     * @param own whether the reader asked for it, and so cannot be the second person
     */
    record Part(Narrowing narrowing, boolean own) {
        /** {@code every action of the agent `billing-bot`}. */
        public String held() {
            return StopPreview.held(narrowing.scope());
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
