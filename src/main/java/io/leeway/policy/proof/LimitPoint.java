package io.leeway.policy.proof;

import io.leeway.policy.ClockTime;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value just below, at or just above the limit of a condition.
 *
 * @param input what has to be given; for an age limit the age of the evidence
 * @param value the limit, or one unit of its last place beside it
 */
record LimitPoint(TestInput input, BigDecimal value, Side side) {
    /** Where it lies. */
    enum Side {
        BELOW,
        AT,
        ABOVE
    }

    private static final BigDecimal MINUTE = ClockTime.hours(LocalTime.of(0, 1));
    private static final int CENTS = 2;
    /** How many places people write at least, by path; others as many as the cell. */
    private static final Map<String, Integer> PLACES = Map.of("action.confidence", CENTS);

    /** The three points; fewer where a value is impossible, none for a condition without a limit. */
    static List<LimitPoint> of(Condition condition, String currency) {
        Path path = condition.path();
        Path.EvidenceAge age = path.evidenceAge();
        if (age != null) {
            BigDecimal limit = BigDecimal.valueOf(Duration.parse(age.limit()).toSeconds());
            return points(TestInput.ageSeconds(age.evidence()), limit, BigDecimal.ONE, null);
        }
        if (path.type() != PathType.NUMBER) {
            return List.of();
        }
        BigDecimal limit = (BigDecimal) condition.limit();
        boolean money = path.text().startsWith("action.amount") || path.text().startsWith("activity.exposure(");
        int places = money ? places(currency) : PLACES.getOrDefault(path.text(), 0);
        BigDecimal unit = path.text().startsWith("now.time")
                ? MINUTE
                : BigDecimal.ONE.movePointLeft(Math.max(places, limit.scale()));
        return points(TestInput.of(path), limit, unit, path);
    }

    private static List<LimitPoint> points(TestInput input, BigDecimal limit, BigDecimal unit, @Nullable Path path) {
        List<LimitPoint> points = new ArrayList<>();
        for (Side side : Side.values()) {
            BigDecimal value = limit.add(unit.multiply(BigDecimal.valueOf(side.ordinal() - 1L)));
            if (path == null ? value.signum() >= 0 : Vocabulary.problemWith(path, value) == null) {
                points.add(new LimitPoint(input, value, side));
            }
        }
        return points;
    }

    /** How many places amounts of the currency have. */
    private static int places(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return CENTS;
        }
    }
}
