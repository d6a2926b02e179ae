package io.leeway.policy.analysis;

import io.leeway.policy.Path;
import io.leeway.policy.Rates;
import io.leeway.policy.Vocabulary;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is an amount in another currency follows from the amount's own and from the rates of the version: always where
 * one is valid on every day, never where there is none on any. How much it is counts as free.
 */
final class ConvertedLaw {
    private final Space space;
    private final Rates rates;
    /** The currencies by dimension. */
    private final Map<Integer, String> targets = new LinkedHashMap<>();

    ConvertedLaw(Space space) {
        this.space = space;
        rates = space.tables().data().rates();
        for (int i = 0; i < space.dimensions().size(); i++) {
            String target = target(space.dimension(i).path());
            if (target != null) {
                targets.put(i, target);
            }
        }
    }

    /** The currency of a converted amount, null for any other path. */
    static @Nullable String target(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return call != null && call.name().equals("action.amountIn")
                ? call.arguments().get(0)
                : null;
    }

    /**
     * Chooses the classes; false when the box has none that can be.
     *
     * @param currency of the amount, null when there is none
     */
    boolean choose(Box box, @Nullable String currency, int[] classes) {
        for (Map.Entry<Integer, String> target : targets.entrySet()) {
            int chosen =
                    choice(box.side(target.getKey()), space.dimension(target.getKey()), currency, target.getValue());
            if (chosen < 0) {
                return false;
            }
            classes[target.getKey()] = chosen;
        }
        return true;
    }

    private int choice(BitSet side, Dimension dimension, @Nullable String currency, String target) {
        boolean mayBe = currency != null && rates.isEver(currency, target);
        boolean mayLack = currency == null || !rates.isAlways(currency, target);
        for (int i = side.nextSetBit(0); i >= 0; i = side.nextSetBit(i + 1)) {
            if (dimension.isAbsent(i) ? mayLack : mayBe) {
                return i;
            }
        }
        return -1;
    }
}
