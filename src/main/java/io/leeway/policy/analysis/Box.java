package io.leeway.policy.analysis;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of classes for each dimension: all proposals with a value of those classes in each. Immutable. */
final class Box {
    private final BitSet[] sides;

    private Box(BitSet[] sides) {
        this.sides = sides;
    }

    /** Takes the sets as they are: nobody may change them later. */
    static Box of(BitSet... sides) {
        return new Box(sides);
    }

    /** The classes in that dimension; not to be changed. */
    BitSet side(int dimension) {
        return sides[dimension];
    }

    int dimensions() {
        return sides.length;
    }

    Box with(int dimension, BitSet side) {
        BitSet[] copy = sides.clone();
        copy[dimension] = side;
        return new Box(copy);
    }

    /** What both hold, null when one dimension has nothing in common. */
    @Nullable
    Box and(Box other) {
        if (!meets(other)) {
            return null;
        }
        BitSet[] common = new BitSet[sides.length];
        for (int i = 0; i < sides.length; i++) {
            common[i] = sides[i] == other.sides[i] ? sides[i] : common(sides[i], other.sides[i]);
        }
        return new Box(common);
    }

    boolean meets(Box other) {
        for (int i = 0; i < sides.length; i++) {
            if (sides[i] != other.sides[i] && !sides[i].intersects(other.sides[i])) {
                return false;
            }
        }
        return true;
    }

    boolean holds(Box other) {
        for (int i = 0; i < sides.length; i++) {
            if (!holds(other, i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this holds all that the other holds in that dimension. */
    boolean holds(Box other, int dimension) {
        return sides[dimension] == other.sides[dimension]
                || minus(other.sides[dimension], sides[dimension]).isEmpty();
    }

    boolean holds(Point point) {
        for (int i = 0; i < sides.length; i++) {
            if (!sides[i].get(point.classOf(i))) {
                return false;
            }
        }
        return true;
    }

    /** The sides in order; not to be changed. */
    List<BitSet> sides() {
        return List.of(sides);
    }

    static BitSet common(BitSet one, BitSet other) {
        BitSet common = (BitSet) one.clone();
        common.and(other);
        return common;
    }

    static BitSet minus(BitSet from, BitSet what) {
        BitSet rest = (BitSet) from.clone();
        rest.andNot(what);
        return rest;
    }

    static BitSet single(int index) {
        BitSet single = new BitSet();
        single.set(index);
        return single;
    }
}
