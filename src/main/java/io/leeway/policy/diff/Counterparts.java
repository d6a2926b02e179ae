package io.leeway.policy.diff;

import io.leeway.policy.table.WrittenLine;
import io.leeway.policy.table.WrittenLine.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which sheet of the new version, or which table, is which of the old one: that of the same name, or where it got another
 * name, that into which most of its rows went.
 */
final class Counterparts {
    private final Map<Place, Place> now = new HashMap<>();

    /** A sheet of a file, or a table. */
    record Place(String file, String name) {
        static Place sheet(WrittenLine line) {
            return new Place(line.file(), line.sheet() == null ? "" : line.sheet());
        }

        static Place table(WrittenLine line) {
            return new Place(line.file(), line.table());
        }
    }

    Counterparts(List<WrittenLine> before, List<WrittenLine> after, Function<WrittenLine, Place> place) {
        Set<Place> free = places(after, place);
        Set<Place> lost = places(before, place);
        Set<Place> same = new HashSet<>(free);
        same.retainAll(lost);
        free.removeAll(same);
        lost.removeAll(same);
        Map<String, Place> rows = new HashMap<>();
        after.stream().filter(it -> it.kind() == Kind.ROW).forEach(it -> rows.put(it.key(), place.apply(it)));
        for (Place old : lost) {
            Map<Place, Integer> shared = new LinkedHashMap<>();
            before.stream()
                    .filter(it -> it.kind() == Kind.ROW && place.apply(it).equals(old))
                    .map(it -> rows.get(it.key()))
                    .filter(it -> it != null && free.contains(it))
                    .forEach(it -> shared.merge(it, 1, Integer::sum));
            shared.entrySet().stream()
                    .max(Comparator.comparing(Map.Entry::getValue))
                    .ifPresent(most -> {
                        now.put(old, most.getKey());
                        free.remove(most.getKey());
                    });
        }
    }

    private static Set<Place> places(List<WrittenLine> lines, Function<WrittenLine, Place> place) {
        Set<Place> places = new LinkedHashSet<>();
        lines.stream().filter(it -> it.kind() == Kind.ROW).forEach(it -> places.add(place.apply(it)));
        return places;
    }

    /** Where the place of the old version is in the new one; itself when it is nowhere else. */
    Place of(Place old) {
        return now.getOrDefault(old, old);
    }
}
