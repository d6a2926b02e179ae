package io.leeway.policy.analysis;

import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether there is a ratio follows from what it divides: both numbers must be there, and the second must not be 0. Which
 * number it is counts as free.
 */
final class RatioLaw {
    /** The dimensions of a ratio and of its two numbers. */
    private record Ratio(int dimension, int dividend, int divisor) {}

    private final Space space;
    private final List<Ratio> ratios = new ArrayList<>();

    RatioLaw(Space space) {
        this.space = space;
        for (int i = 0; i < space.dimensions().size(); i++) {
            List<String> parts = Vocabulary.partsOf(space.dimension(i).path());
            if (!parts.isEmpty()) {
                ratios.add(new Ratio(i, space.indexOfNumber(parts.get(0)), space.indexOfNumber(parts.get(1))));
            }
        }
    }

    /** Boxes that together hold all of the box that can be, and in which ratios follow from their numbers whatever is chosen. */
    List<Box> alternatives(Box box) {
        List<Box> boxes = List.of(box);
        for (Ratio ratio : ratios) {
            List<Box> next = new ArrayList<>();
            for (Box one : boxes) {
                next.addAll(alternatives(ratio, one));
            }
            boxes = next;
        }
        return boxes;
    }

    private List<Box> alternatives(Ratio ratio, Box box) {
        BitSet absent = Box.single(space.dimension(ratio.dimension()).absent());
        BitSet noDividend = Box.single(space.dimension(ratio.dividend()).absent());
        BitSet noDivisor = Box.single(space.dimension(ratio.divisor()).absent());
        noDivisor.set(space.dimension(ratio.divisor()).indexOf(BigDecimal.ZERO));
        Box some = without(
                without(without(box, ratio.dimension(), absent), ratio.dividend(), noDividend),
                ratio.divisor(),
                noDivisor);
        Box none = only(box, ratio.dimension(), absent);
        List<Box> possible = new ArrayList<>(
                List.of(some, only(none, ratio.dividend(), noDividend), only(none, ratio.divisor(), noDivisor)));
        possible.removeIf(it -> it.sides().stream().anyMatch(BitSet::isEmpty));
        return possible;
    }

    private static Box only(Box box, int dimension, BitSet classes) {
        return box.with(dimension, Box.common(box.side(dimension), classes));
    }

    private static Box without(Box box, int dimension, BitSet classes) {
        return box.with(dimension, Box.minus(box.side(dimension), classes));
    }
}
