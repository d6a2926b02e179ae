package io.leeway.policy;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as cells spell them: ISO 8601, whole days, hours, minutes and seconds, {@code PT15M}, {@code P1DT12H}. */
public final class IsoDuration {
    /** The longest that a cell may say: 3,650 days. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern FORM =
            Pattern.compile("P(?:\\d{1,9}D)?(T(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}S)?)?");

    private IsoDuration() {}

    /** The duration, or null when the text is none, is zero, or is longer than {@link #LONGEST}. */
    public static @Nullable Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || text.equals("P") || "T".equals(matcher.group(1))) {
            return null;
        }
        Duration duration = Duration.parse(text);
        return duration.isZero() || duration.compareTo(LONGEST) > 0 ? null : duration;
    }
}
