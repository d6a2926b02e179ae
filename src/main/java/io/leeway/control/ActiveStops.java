package io.leeway.control;

import io.leeway.model.Proposal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The stops that hold, found by their scopes, so that a lookup does not get slower with their number. Immutable. */
final class ActiveStops {
    static final ActiveStops NONE = new ActiveStops(Map.of());

    private final Map<UUID, Stop> byId;
    private final Map<StopScope, List<Held>> byScope = new HashMap<>();

    private ActiveStops(Map<UUID, Stop> byId) {
        this.byId = byId;
        byId.values()
                .forEach(stop -> byScope.computeIfAbsent(stop.scope(), scope -> new ArrayList<>(1))
                        .add(new Held(stop, Set.copyOf(stop.letGo()))));
    }

    /** @param letGo parts that two people have released before the rest */
    private record Held(Stop stop, Set<StopScope> letGo) {}

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
        return covering(proposal, false);
    }

    /** Those that would hold it if they were no drills, oldest first. */
    List<Stop> drills(Proposal proposal) {
        return covering(proposal, true);
    }

    private List<Stop> covering(Proposal proposal, boolean drills) {
        if (byScope.isEmpty()) {
            return List.of();
        }
        List<StopScope> scopes = StopScope.covering(proposal);
        return scopes.stream()
                .flatMap(scope -> byScope.getOrDefault(scope, List.of()).stream())
                .filter(held -> held.stop().isDrill() == drills && Collections.disjoint(scopes, held.letGo()))
                .map(Held::stop)
                .sorted(Comparator.comparingLong(Stop::position))
                .toList();
    }
}
