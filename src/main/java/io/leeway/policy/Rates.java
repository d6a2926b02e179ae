package io.leeway.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exchange rates of a version, from its {@code Rates} sheets. Each counts in its one direction: nothing is inverted, and
 * nothing goes by way of a third currency.
 */
public final class Rates {
    /** Of a version without rates. */
    public static final Rates NONE = new Rates(List.of());

    private final List<Rate> all;
    /** Those of each pair by their first days. */
    private final Map<String, NavigableMap<LocalDate, Rate>> byPair = new HashMap<>();

    /** @param all of which no two of a pair count on the same day */
    public Rates(List<Rate> all) {
        this.all = List.copyOf(all);
        all.forEach(rate -> byPair.computeIfAbsent(pair(rate.from(), rate.to()), it -> new TreeMap<>())
                .put(rate.begin(), rate));
    }

    /**
     * One rate: so many units of {@code to} for one of {@code from}.
     *
     * @param rate above 0
     * @param first first day on which it counts, UTC; null for no bound
     * @param last last day on which it counts, UTC; null for no bound
     */
    public record Rate(
            String from,
            String to,
            BigDecimal rate,
            @Nullable LocalDate first,
            @Nullable LocalDate last) {
        /** Whether it counts on that day. */
        public boolean isValid(LocalDate day) {
            return (first == null || !day.isBefore(first)) && (last == null || !day.isAfter(last));
        }

        /** The first day, or the first of all. */
        public LocalDate begin() {
            return first == null ? LocalDate.MIN : first;
        }

        /** Whether both are of one pair, and some day is common to them. */
        public boolean overlaps(Rate other) {
            return from.equals(other.from)
                    && to.equals(other.to)
                    && (first == null || other.last == null || !first.isAfter(other.last))
                    && (other.first == null || last == null || !other.first.isAfter(last));
        }
    }

    /** Every rate, in the order of the sheets. */
    public List<Rate> all() {
        return all;
    }

    /** The rate on that day (UTC), 1 within a currency; null when none is valid. */
    public @Nullable BigDecimal on(LocalDate day, String from, String to) {
        if (from.equals(to)) {
            return BigDecimal.ONE;
        }
        Map.Entry<LocalDate, Rate> latest = of(from, to).floorEntry(day);
        return latest == null || !latest.getValue().isValid(day)
                ? null
                : latest.getValue().rate();
    }

    /** Whether any day has a rate. */
    public boolean isEver(String from, String to) {
        return from.equals(to) || byPair.containsKey(pair(from, to));
    }

    /** Whether every day has a rate. */
    public boolean isAlways(String from, String to) {
        return dayWithout(from, to) == null;
    }

    /** A day without a rate, null when every day has one. */
    public @Nullable LocalDate dayWithout(String from, String to) {
        if (from.equals(to)) {
            return null;
        }
        LocalDate next = LocalDate.MIN;
        for (Rate rate : of(from, to).values()) {
            LocalDate last = rate.last();
            if (!rate.begin().equals(next)) {
                return rate.begin().minusDays(1);
            }
            if (last == null) {
                return null;
            }
            next = last.plusDays(1);
        }
        return next.equals(LocalDate.MIN) ? LocalDate.EPOCH : next;
    }

    private NavigableMap<LocalDate, Rate> of(String from, String to) {
        return byPair.getOrDefault(pair(from, to), Collections.emptyNavigableMap());
    }

    private static String pair(String from, String to) {
        return from + ">" + to;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rates rates && rates.all.equals(all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
