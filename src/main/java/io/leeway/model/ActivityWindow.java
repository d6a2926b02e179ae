package io.leeway.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How far back a question about activity looks. Time is cut into buckets: what lies in the oldest bucket that a window reaches
 * into counts in full, so a window never tells too little.
 */
public sealed interface ActivityWindow {
    /** The longest sliding window. */
    Duration LONGEST = Duration.ofDays(31);

    /** How time is cut for it. */
    Buckets buckets();

    /** The oldest bucket that counts at that time. */
    long first(Instant now);

    /**
     * {@code (now − length, now]}: to the second up to an hour, in whole minutes up to a day, in whole hours beyond.
     *
     * @param length more than zero, at most {@link #LONGEST}
     */
    record Sliding(Duration length) implements ActivityWindow {
        @Override
        public Buckets buckets() {
            if (length.compareTo(Duration.ofHours(1)) <= 0) {
                return Buckets.SECONDS;
            }
            return length.compareTo(Duration.ofDays(1)) <= 0 ? Buckets.MINUTES : Buckets.HOURS;
        }

        @Override
        public long first(Instant now) {
            return buckets().of(now.minus(length));
        }
    }

    /** From the start of the day, month or quarter in that time zone. */
    record Calendar(Unit unit, ZoneId zone) implements ActivityWindow {
        @Override
        public Buckets buckets() {
            return Buckets.days(zone);
        }

        @Override
        public long first(Instant now) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            return switch (unit) {
                case DAY -> today.toEpochDay();
                case MONTH -> today.withDayOfMonth(1).toEpochDay();
                case QUARTER ->
                    today.withDayOfMonth(1)
                            .minusMonths((today.getMonthValue() - 1) % 3)
                            .toEpochDay();
            };
        }
    }

    /** A stretch of the calendar. */
    enum Unit {
        DAY(1),
        MONTH(31),
        QUARTER(92);

        private final int days;

        Unit(int days) {
            this.days = days;
        }

        /** Days of the longest one. */
        public int days() {
            return days;
        }
    }
}
