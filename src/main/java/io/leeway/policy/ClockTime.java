package io.leeway.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times of day as numbers: hours since midnight, {@code 17.5} for 17:30. Rounded to {@link #PLACES} places, half to even:
 * limits and clocks alike, so that a limit of {@code 17:20} is met exactly at 17:20.
 */
public final class ClockTime {
    private static final int PLACES = 12;
    private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);
    private static final BigDecimal MIDNIGHT = BigDecimal.valueOf(24);
    private static final Pattern CLOCK = Pattern.compile("([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?");

    private ClockTime() {}

    /** The hours since midnight. */
    public static BigDecimal hours(LocalTime time) {
        return Numbers.normal(
                BigDecimal.valueOf(time.toNanoOfDay()).divide(NANOS_PER_HOUR, PLACES, RoundingMode.HALF_EVEN));
    }

    /** The hours of {@code 9:00}, {@code 17:30:15} or {@code 24:00}, null when the text is none of these. */
    public static @Nullable BigDecimal parse(String text) {
        if (text.matches("24:00(:00)?")) {
            return MIDNIGHT;
        }
        try {
            return CLOCK.matcher(text).matches()
                    ? hours(LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text))
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The time of day to the microsecond; null from 24 on and below 0. */
    public static @Nullable LocalTime time(BigDecimal hours) {
        if (hours.signum() < 0 || hours.compareTo(MIDNIGHT) >= 0) {
            return null;
        }
        long micros = hours.multiply(NANOS_PER_HOUR)
                .movePointLeft(3)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        long nanos = micros * 1_000;
        return nanos >= LocalTime.MAX.toNanoOfDay() ? null : LocalTime.ofNanoOfDay(nanos);
    }

    /** As people write it, {@code 17:30}; {@code 24:00} for the end of the day. */
    public static String text(BigDecimal hours) {
        LocalTime time = time(hours);
        return time == null ? (hours.compareTo(MIDNIGHT) == 0 ? "24:00" : hours + " h") : time.toString();
    }
}
