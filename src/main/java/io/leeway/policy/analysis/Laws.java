package io.leeway.policy.analysis;

import io.leeway.model.ActivityQuery.Measure;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.Path;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Vocabulary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which values a proposal can have together: money has an amount and a currency or neither, an action type takes the
 * attributes, amounts and evidence that the {@code Actions} sheet declares for it, and evidence agrees with itself. The one
 * place for such knowledge. A path that hangs together with no other is free.
 */
final class Laws {
    private final Space space;
    private final EvidenceLaw evidence;
    private final RatioLaw ratios;
    private final ConvertedLaw converted;
    private final int type;
    private final int currency;
    private final int amount;
    private final String[] attributes;
    /** Paths that tell money, of an action that moves some. */
    private final List<Integer> exposures = new ArrayList<>();

    Laws(Space space) {
        this.space = space;
        evidence = new EvidenceLaw(space);
        ratios = new RatioLaw(space);
        converted = new ConvertedLaw(space);
        type = space.indexOf("action.type");
        currency = space.indexOf("action.currency");
        amount = space.indexOf("action.amount");
        int size = space.dimensions().size();
        attributes = new String[size];
        for (int i = 0; i < size; i++) {
            Path path = space.dimension(i).path();
            attributes[i] = Vocabulary.listedAttributeOf(path);
            if (path.activity() != null && path.activity().measure() == Measure.EXPOSURE) {
                exposures.add(i);
            }
        }
    }

    /** Some point of the box, null when no proposal lies in it. */
    @Nullable
    Point pointIn(Box box) {
        BitSet types = box.side(type);
        for (int i = types.nextSetBit(0); i >= 0; i = types.nextSetBit(i + 1)) {
            Point point = pointIn(box, i);
            if (point != null) {
                return point;
            }
        }
        return null;
    }

    private @Nullable Point pointIn(Box box, int typeClass) {
        ActionType declared = declared(space.tables(), space.dimension(type), typeClass);
        for (Box alternative : ratios.alternatives(box)) {
            Point point = pointIn(alternative, typeClass, declared);
            if (point != null) {
                return point;
            }
        }
        return null;
    }

    private @Nullable Point pointIn(Box box, int typeClass, @Nullable ActionType declared) {
        int[] classes = new int[box.dimensions()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i == type ? typeClass : choice(i, box, declared);
            if (classes[i] < 0) {
                return null;
            }
        }
        boolean possible = space.clock().choose(box, classes) && money(box, declared, classes);
        List<Point.Item> items = possible ? evidence.itemsIn(box, declared) : null;
        if (items == null) {
            return null;
        }
        evidence.classify(items, declared, classes);
        return new Point(classes, items);
    }

    static @Nullable ActionType declared(PolicyTables tables, Dimension type, int typeClass) {
        return tables.actions().get(String.valueOf(type.classes().get(typeClass).sample()));
    }

    /** The first class of the side that the type allows, -1 when there is none. */
    private int choice(int dimension, Box box, @Nullable ActionType declared) {
        String attribute = attributes[dimension];
        if (attribute == null || declared == null) {
            return box.side(dimension).nextSetBit(0);
        }
        Boolean required = declared.attributes().get(attribute);
        int absent = space.dimension(dimension).absent();
        return first(box.side(dimension), it -> it == absent ? required == null || !required : required != null);
    }

    /** An amount and a currency, or neither. */
    private boolean money(Box box, @Nullable ActionType declared, int[] classes) {
        AmountRule rule = declared == null ? AmountRule.OPTIONAL : declared.amount();
        return rule != AmountRule.FORBIDDEN && money(box, classes, true)
                || rule != AmountRule.REQUIRED && money(box, classes, false);
    }

    private boolean money(Box box, int[] classes, boolean present) {
        if (amount >= 0) {
            int absent = space.dimension(amount).absent();
            int chosen = first(box.side(amount), it -> it != absent == present);
            if (chosen < 0) {
                return false;
            }
            classes[amount] = chosen;
        }
        for (int exposure : exposures) {
            int absent = space.dimension(exposure).absent();
            int chosen = first(box.side(exposure), it -> it != absent == present);
            if (chosen < 0) {
                return false;
            }
            classes[exposure] = chosen;
        }
        return currency < 0 || currency(box, classes, present);
    }

    private boolean currency(Box box, int[] classes, boolean present) {
        Dimension dimension = space.dimension(currency);
        int chosen = first(
                box.side(currency),
                it -> !dimension.isAbsent(it) == present
                        && converted.choose(
                                box,
                                present
                                        ? String.valueOf(
                                                dimension.classes().get(it).sample())
                                        : null,
                                classes));
        classes[currency] = Math.max(0, chosen);
        return chosen >= 0;
    }

    private static int first(BitSet side, IntPredicate allowed) {
        for (int i = side.nextSetBit(0); i >= 0; i = side.nextSetBit(i + 1)) {
            if (allowed.test(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Paths that nothing is known about here: their values are taken as free, and no proposal can be made to have them. */
    List<Path> unknown() {
        List<Path> unknown = new ArrayList<>();
        for (Dimension dimension : space.dimensions()) {
            if (!Witness.canShow(dimension.path())) {
                unknown.add(dimension.path());
            }
        }
        return unknown;
    }
}
