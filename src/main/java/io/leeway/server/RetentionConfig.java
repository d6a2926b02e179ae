package io.leeway.server;

import io.smallrye.config.ConfigMapping;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;

/** {@code leeway.retention.*}, in the environment {@code LEEWAY_RETENTION_*}. */
@ConfigMapping(prefix = "leeway.retention")
public interface RetentionConfig {
    /**
     * How long facts and results of decisions are kept, an ISO 8601 period of days, months or years. They leave month by
     * month, each month as soon as the last of it is that old. Default: they are kept.
     */
    Optional<Period> records();

    /** Whether the text is a period that is long enough for every permit and approval to be over. */
    static boolean isLongEnough(String period) {
        try {
            LocalDate day = LocalDate.EPOCH;
            return !day.plus(Period.parse(period)).isBefore(day.plusDays(28));
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }
}
