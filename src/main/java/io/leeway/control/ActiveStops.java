package io.leeway.control;

import io.leeway.model.Proposal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The stops that hold, found by their scopes, so that a lookup does not get slower with their number. Immutable. */
final class ActiveStops {
    static final ActiveStops NONE = new ActiveStops(Map.of());

    private final Map<UUID, Stop> byId;
    private final Map<StopScope, List<Stop>> byScope = new HashMap<>();

    private ActiveStops(Map<UUID, Stop> byId) {
        this.byId = byId;
        byId.values()
                .forEach(stop -> byScope.computeIfAbsent(stop.scope(), scope -> new ArrayList<>(1))
                        .add(stop));
    }

    /** These, brought up to date: of a stop that changed, only the new state counts. */
    ActiveStops with(Collection<Stop> changed) {
        if (changed.isEmpty()) {
            return this;
        }
        Map<UUID, Stop> next = new HashMap<>(byId);
        for (Stop stop : changed) {
            if (stop.state() == Stop.State.RELEASED) {
                next.remove(stop.id());
            } else {
                next.put(stop.id(), stop);
            }
        }
        return new ActiveStops(next);
    }

    /** Those that hold the proposal, oldest first. */
    List<Stop> inScope(Proposal proposal) {
        if (byScope.isEmpty()) {
            return List.of();
        }
        return StopScope.covering(proposal).stream()
                .flatMap(scope -> byScope.getOrDefault(scope, List.of()).stream())
                .sorted(Comparator.comparingLong(Stop::position))
                .toList();
    }
}
