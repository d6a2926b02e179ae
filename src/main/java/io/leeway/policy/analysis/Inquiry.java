package io.leeway.policy.analysis;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** What every question of one analysis needs. */
record Inquiry(Space space, Laws laws, Remainder remainder, Report report) {

    /** Those that the predicate wants and that meet the box. */
    static List<Region> meeting(Box box, Collection<Region> regions, Predicate<Region> wanted) {
        return regions.stream()
                .filter(it -> wanted.test(it) && it.box().meets(box))
                .toList();
    }

    /** Whether some proposal lies in both. */
    boolean meet(Box one, Box other) {
        Box common = one.and(other);
        return common != null && laws.pointIn(common) != null;
    }
}
