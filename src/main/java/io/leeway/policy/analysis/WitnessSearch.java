package io.leeway.policy.analysis;

import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the proposal that a point stands for. How much an amount is in another currency counts as free in a point: so the
 * amounts and days are tried at which it comes to what the point has.
 */
final class WitnessSearch {
    /** How many digits an amount may have after the point. */
    private static final int AMOUNT_PLACES = 6;

    /** On the first days of so many rates it is tried. */
    private static final int MOST_RATES = 10;

    private static final int DAYS_OF_WEEK = 7;
    private static final LocalDate SOME_DAY = LocalDate.of(2026, 1, 1);

    private final Space space;
    private final Point point;
    private final Witness plain;

    WitnessSearch(Space space, Point point) {
        this.space = space;
        this.point = point;
        this.plain = new Witness(space, point, null, null);
    }

    /** The first proposal that stands for the point, or for one that shows the same; null when none does. */
    @Nullable
    Proposal find(Predicate<Point> shows) {
        for (Instant now : moments()) {
            for (BigDecimal amount : amounts(now)) {
                Proposal proposal = new Witness(space, point, now, amount).proposal();
                Point its = pointOf(proposal);
                if (its != null && (Arrays.equals(its.classes(), point.classes()) || shows.test(its))) {
                    return proposal;
                }
            }
        }
        return null;
    }

    /** What a proposal stands for; null when some value of it is of no class. */
    private @Nullable Point pointOf(Proposal proposal) {
        int[] classes = new int[space.dimensions().size()];
        for (int i = 0; i < classes.length; i++) {
            Dimension dimension = space.dimension(i);
            classes[i] = dimension.indexOf(dimension.path().valueOf(proposal));
            if (classes[i] < 0) {
                return null;
            }
        }
        return new Point(classes, point.evidence());
    }

    /** The point's own first, then some at which amounts can be converted. */
    private List<Instant> moments() {
        List<Instant> moments = new ArrayList<>(List.of(plain.now()));
        boolean converts = space.dimensions().stream().anyMatch(it -> ConvertedLaw.target(it.path()) != null);
        space.tables().data().rates().all().stream()
                .filter(rate -> converts && rate.from().equals(plain.text("action.currency", "")))
                .limit(MOST_RATES)
                .forEach(rate -> {
                    LocalDate day = rate.first() == null ? rate.last() : rate.first();
                    LocalDate first = day == null ? SOME_DAY : day;
                    for (int i = 0; i < DAYS_OF_WEEK; i++) {
                        moments.add(first.plusDays(i).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
                    }
                });
        return moments;
    }

    /** The point's own first, then those that come to what it has in other currencies. */
    private List<BigDecimal> amounts(Instant now) {
        List<BigDecimal> amounts = new ArrayList<>(List.of(plain.number("action.amount", BigDecimal.ONE)));
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String currency = plain.text("action.currency", "");
        for (int i = 0; i < space.dimensions().size(); i++) {
            String target = ConvertedLaw.target(space.dimension(i).path());
            BigDecimal rate =
                    target == null ? null : space.tables().data().rates().on(day, currency, target);
            if (rate != null && plain.valueAt(i) instanceof BigDecimal converted) {
                amounts.add(converted.divide(rate, AMOUNT_PLACES, RoundingMode.HALF_EVEN));
            }
        }
        return amounts;
    }
}
