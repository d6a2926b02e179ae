package io.leeway.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Time, cut into pieces that are counted from 1970 on.
 *
 * @param seconds length of each; of days, that of most days
 * @param zone whose days they are; null for pieces that are the same everywhere
 */
public record Buckets(int seconds, @Nullable ZoneId zone) {
    public static final Buckets SECONDS = new Buckets(1, null);
    public static final Buckets MINUTES = new Buckets(60, null);
    public static final Buckets HOURS = new Buckets(3600, null);

    /** The days of that time zone. */
    public static Buckets days(ZoneId zone) {
        return new Buckets(86_400, zone);
    }

    /** The one that the time lies in. */
    public long of(Instant time) {
        return zone == null
                ? Math.floorDiv(time.getEpochSecond(), seconds)
                : LocalDate.ofInstant(time, zone).toEpochDay();
    }

    /** The only spelling: {@code 3600}, {@code 86400 Europe/Berlin}. */
    public String text() {
        return zone == null ? Integer.toString(seconds) : seconds + " " + zone.getId();
    }
}
