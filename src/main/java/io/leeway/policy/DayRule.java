package io.leeway.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which days one line of a {@code Calendars} sheet names: some days, or some that come again. */
public sealed interface DayRule {
    /** How days that come again are spelled, each by an example. */
    List<String> EXAMPLES = List.of(
            "weekends",
            "first day of month",
            "last day of month",
            "last 3 days of quarter",
            "first working day of month",
            "last working day of month",
            "last 5 working days of year");

    /**
     * Whether the day is among them.
     *
     * @param holiday which days nobody works on, beside Saturdays and Sundays
     */
    boolean includes(LocalDate day, Predicate<LocalDate> holiday);

    /** Whether it depends on what a working day is. */
    default boolean asksForWorkingDays() {
        return false;
    }

    /** From the first to the last day, both included. */
    record Span(LocalDate first, LocalDate last) implements DayRule {
        @Override
        public boolean includes(LocalDate day, Predicate<LocalDate> holiday) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** Saturdays and Sundays. */
    record Weekends() implements DayRule {
        @Override
        public boolean includes(LocalDate day, Predicate<LocalDate> holiday) {
            return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        }
    }

    /** What an {@link Edge} is the edge of. */
    enum Period {
        MONTH,
        QUARTER,
        YEAR;

        LocalDate first(LocalDate day) {
            return switch (this) {
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        LocalDate last(LocalDate day) {
            return switch (this) {
                case MONTH -> day.with(TemporalAdjusters.lastDayOfMonth());
                case QUARTER -> first(day).plusMonths(3).minusDays(1);
                case YEAR -> day.with(TemporalAdjusters.lastDayOfYear());
            };
        }
    }

    /**
     * The first or last days of each period.
     *
     * @param count how many of them, at least 1
     * @param working whether only working days count, and are among them
     */
    record Edge(boolean last, int count, boolean working, Period period) implements DayRule {
        @Override
        public boolean includes(LocalDate day, Predicate<LocalDate> holiday) {
            if (!counts(day, holiday)) {
                return false;
            }
            LocalDate end = last ? period.last(day) : period.first(day);
            int between = 0;
            for (LocalDate other = day; !other.equals(end) && between < count; ) {
                other = other.plusDays(last ? 1 : -1);
                between += counts(other, holiday) ? 1 : 0;
            }
            return between < count;
        }

        private boolean counts(LocalDate day, Predicate<LocalDate> holiday) {
            return !working || day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 && !holiday.test(day);
        }

        @Override
        public boolean asksForWorkingDays() {
            return working;
        }
    }

    /**
     * Reads {@code 2026-12-24}, {@code 2026-12-24..2026-12-31}, {@code weekends} or {@code last [n] [working] day[s] of month}
     * (also {@code first}; also {@code quarter}, {@code year}); null when the text is none of these, or ends before it begins.
     */
    static @Nullable DayRule parse(String text) {
        return DayWords.parse(text);
    }
}
