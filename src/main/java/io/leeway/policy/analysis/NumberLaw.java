package io.leeway.policy.analysis;

import io.leeway.model.Action;
import io.leeway.model.EvidenceSet;
import io.leeway.policy.ActivityPaths;
import io.leeway.policy.Path;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a path can have at all, because of how a proposal is read or its facts are counted.
 *
 * @param lowest null for no bound
 * @param highest null for no bound
 * @param scale most digits after the point
 * @param digits most significant digits
 * @param absent whether there may be none
 */
record NumberLaw(@Nullable BigDecimal lowest, @Nullable BigDecimal highest, int scale, int digits, boolean absent) {
    /** How many pieces of evidence a proposal may hold. */
    static final int MOST_EVIDENCE = 64;

    private static final int ANY_DIGITS = 40;
    private static final NumberLaw COUNT = new NumberLaw(BigDecimal.ZERO, new BigDecimal("1e15"), 0, ANY_DIGITS, false);
    /** JSON numbers have at most 15 digits. */
    private static final NumberLaw ATTRIBUTE = new NumberLaw(null, null, 17, 15, true);

    private static final Map<String, NumberLaw> LAWS = Map.of(
            "action.amount",
            new NumberLaw(BigDecimal.ZERO, new BigDecimal("999999999999999999.999999"), 6, ANY_DIGITS, true),
            "action.confidence",
            new NumberLaw(BigDecimal.ZERO, BigDecimal.ONE, 17, 15, false),
            "evidence.oldestSeconds",
            new NumberLaw(BigDecimal.ZERO, EvidenceSet.UNKNOWN_AGE, 6, ANY_DIGITS, true),
            "evidence.count",
            new NumberLaw(BigDecimal.ZERO, BigDecimal.valueOf(MOST_EVIDENCE), 0, ANY_DIGITS, false),
            "trace.depth",
            COUNT,
            "trace.repeats",
            COUNT,
            Space.MOMENT,
            new NumberLaw(null, null, 0, ANY_DIGITS, false));

    private static final NumberLaw HOURS =
            new NumberLaw(BigDecimal.ZERO, new BigDecimal("23.999999999722"), 12, ANY_DIGITS, false);
    private static final NumberLaw RATIO = new NumberLaw(null, null, Action.RATIO_PLACES, ANY_DIGITS, true);
    /** The action itself counts. */
    private static final NumberLaw AT_LEAST_ITSELF =
            new NumberLaw(BigDecimal.ONE, new BigDecimal("1e15"), 0, ANY_DIGITS, false);

    private static final NumberLaw RETURNS =
            new NumberLaw(BigDecimal.ZERO, ActivityPaths.MOST_RETURNS, 0, ANY_DIGITS, false);

    private static final NumberLaw EXPOSURE = new NumberLaw(BigDecimal.ZERO, null, 6, ANY_DIGITS, true);
    private static final NumberLaw CONVERTED = new NumberLaw(BigDecimal.ZERO, null, 23, ANY_DIGITS, true);

    static NumberLaw of(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return switch (call == null ? "" : call.name()) {
            case "now.time" -> HOURS;
            case "action.ratio" -> RATIO;
            case "action.amountIn" -> CONVERTED;
            case "activity.count", "activity.agents" -> AT_LEAST_ITSELF;
            case "activity.returns" -> RETURNS;
            case "activity.exposure" -> EXPOSURE;
            default -> LAWS.getOrDefault(path.text(), ATTRIBUTE);
        };
    }

    /** The limits themselves and what lies between, in order; absent last. */
    List<ValueClass> classes(Collection<BigDecimal> limits) {
        TreeSet<BigDecimal> bounds = new TreeSet<>(limits); // orders and compares by value, whatever the scale
        if (lowest != null) {
            bounds.add(lowest);
        }
        if (highest != null) {
            bounds.add(highest);
        }
        List<ValueClass> classes = new ArrayList<>();
        BigDecimal below = null;
        for (BigDecimal bound : bounds) {
            between(below, bound, classes);
            if (allows(bound)) {
                classes.add(ValueClass.number(bound));
            }
            below = bound;
        }
        between(below, null, classes);
        if (absent) {
            classes.add(ValueClass.ABSENT);
        }
        return classes;
    }

    private void between(@Nullable BigDecimal low, @Nullable BigDecimal high, List<ValueClass> classes) {
        boolean outside =
                low == null && lowest != null || high == null && highest != null || isBelow(high) || isAbove(low);
        BigDecimal sample = outside ? null : sample(low, high);
        if (sample != null) {
            classes.add(ValueClass.between(low, high, sample));
        }
    }

    private boolean isBelow(@Nullable BigDecimal high) {
        return high != null && lowest != null && high.compareTo(lowest) <= 0;
    }

    private boolean isAbove(@Nullable BigDecimal low) {
        return low != null && highest != null && low.compareTo(highest) >= 0;
    }

    /** A number strictly between, with as few digits after the point as can be; null when there is none. */
    private @Nullable BigDecimal sample(@Nullable BigDecimal low, @Nullable BigDecimal high) {
        for (int i = 0; i <= scale + ANY_DIGITS; i++) {
            int places = i <= scale ? i : scale - i; // 0, 1, .. scale, then -1, -2, ..
            BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-places);
            BigDecimal candidate = low != null
                    ? low.setScale(places, RoundingMode.FLOOR).add(step)
                    : high != null ? high.setScale(places, RoundingMode.CEILING).subtract(step) : BigDecimal.ZERO;
            if (allows(candidate) && (high == null || candidate.compareTo(high) < 0)) {
                return candidate.setScale(Math.max(0, candidate.scale()));
            }
        }
        return null;
    }

    private boolean allows(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= scale
                && plain.precision() <= digits
                && (lowest == null || number.compareTo(lowest) >= 0)
                && (highest == null || number.compareTo(highest) <= 0);
    }
}
