package io.leeway.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How the ledger spells time: UTC, RFC 3339, always six digits of a second, which is PostgreSQL's resolution. */
public final class LedgerTime {
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private LedgerTime() {}

    /**
     * Written by hand because it stands in each entry several times, and a formatter takes microseconds for it.
     *
     * @throws IllegalArgumentException outside of the years 0 to 9999, which RFC 3339 cannot spell
     */
    public static String text(Instant time) {
        long second = time.getEpochSecond();
        if (second < FIRST || second > LAST) {
            throw new IllegalArgumentException("no time of the years 0 to 9999: " + time);
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        byte[] text = new byte[27];
        digits(text, 0, 4, utc.getYear());
        text[4] = '-';
        digits(text, 5, 2, utc.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, utc.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, utc.getHour());
        text[13] = ':';
        digits(text, 14, 2, utc.getMinute());
        text[16] = ':';
        digits(text, 17, 2, utc.getSecond());
        text[19] = '.';
        digits(text, 20, 6, time.getNano() / 1000);
        text[26] = 'Z';
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void digits(byte[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** To the microsecond, downwards. */
    public static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
