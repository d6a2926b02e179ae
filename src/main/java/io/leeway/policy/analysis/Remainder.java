package io.leeway.policy.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether boxes cover another one: what a box leaves of another is cut into smaller boxes until one is covered by
 * none, or none is left. Exact. The steps are counted, as the worst case is exponential in the number of dimensions.
 */
final class Remainder {
    /** Steps for one question. */
    static final int STEPS = 20_000;

    /** Steps for all questions of an analysis. */
    static final long ALL_STEPS = 20_000_000;

    /** The question would have taken too many steps: nothing is known. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("too many steps", null, false, false);
        }
    }

    private final Laws laws;
    private final int stepsEach;
    private long left;
    private int leftHere;

    Remainder(Laws laws, int stepsEach, long allSteps) {
        this.laws = laws;
        this.stepsEach = stepsEach;
        this.left = allSteps;
    }

    /** A proposal of the box that is in none of the covers, null when there is none. */
    @Nullable
    Point outside(Box box, Collection<Region> covers) throws TooLongException {
        return outside(box, covers, new LinkedHashSet<>());
    }

    /**
     * As {@link #outside(Box, Collection)}.
     *
     * @param used gets the covers that the answer "none" needed
     */
    @Nullable
    Point outside(Box box, Collection<Region> covers, Set<Region> used) throws TooLongException {
        leftHere = stepsEach;
        return search(box, covers, used);
    }

    /** The fewest of the covers, as far as leaving out one by one finds them, that still cover the box. */
    List<Region> needed(Box box, Collection<Region> covers) throws TooLongException {
        for (Region cover : covers) {
            if (cover.box().holds(box)) {
                return List.of(cover);
            }
        }
        List<Region> needed = new ArrayList<>(covers);
        for (int i = needed.size() - 1; i >= 0; i--) {
            Region one = needed.remove(i);
            if (outside(box, needed) != null) {
                needed.add(i, one);
            }
        }
        return needed;
    }

    private @Nullable Point search(Box box, Collection<Region> covers, Set<Region> used) throws TooLongException {
        if (left-- <= 0 || leftHere-- <= 0) {
            throw new TooLongException();
        }
        Point point = laws.pointIn(box);
        if (point == null) {
            return null;
        }
        List<Region> meeting = new ArrayList<>();
        boolean covered = false;
        for (Region cover : covers) {
            if (cover.box().meets(box)) {
                if (cover.box().holds(box)) {
                    used.add(cover);
                    return null;
                }
                meeting.add(cover);
                covered |= cover.box().holds(point);
            }
        }
        return covered ? split(box, meeting, used) : point;
    }

    private @Nullable Point split(Box box, List<Region> covers, Set<Region> used) throws TooLongException {
        Region cover = widest(box, covers);
        used.add(cover);
        Box rest = box;
        for (int i = 0; i < rest.dimensions(); i++) {
            if (!cover.box().holds(rest, i)) {
                BitSet side = rest.side(i);
                Point point = search(rest.with(i, Box.minus(side, cover.box().side(i))), covers, used);
                if (point != null) {
                    return point;
                }
                rest = rest.with(i, Box.common(side, cover.box().side(i)));
            }
        }
        return null;
    }

    /** The cover that leaves the fewest pieces, and of these the one that takes the largest part of the box. */
    private static Region widest(Box box, List<Region> covers) {
        Region widest = covers.get(0);
        int fewest = Integer.MAX_VALUE;
        double largest = -1;
        for (Region cover : covers) {
            int pieces = 0;
            double part = 1;
            for (int i = 0; i < box.dimensions(); i++) {
                if (!cover.box().holds(box, i)) {
                    pieces++;
                    part *= (double)
                                    Box.common(box.side(i), cover.box().side(i)).cardinality()
                            / box.side(i).cardinality();
                }
            }
            if (pieces < fewest || pieces == fewest && part > largest) {
                widest = cover;
                fewest = pieces;
                largest = part;
            }
        }
        return widest;
    }
}
