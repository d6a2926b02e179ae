package io.leeway.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** How the ledger spells time: UTC, RFC 3339, always six digits of a second, which is PostgreSQL's resolution. */
public final class LedgerTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private LedgerTime() {}

    public static String text(Instant time) {
        return FORMAT.format(time);
    }

    /** To the microsecond, downwards. */
    public static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
