package io.leeway.api.rest;

import io.leeway.api.json.Faults;
import io.leeway.api.json.Members;
import io.leeway.api.json.Scalars;
import io.leeway.evidence.ReplayRange;
import io.leeway.evidence.ReplayRange.Bound;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be replayed, read from a body. */
final class ReplayBody {
    /** More entries than a ledger may have. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 40);

    private ReplayBody() {}

    static ReplayRange read(Members body, Faults faults) {
        return new ReplayRange(bound(body, "from"), bound(body, "to"), limit(body));
    }

    private static @Nullable Bound bound(Members body, String name) {
        if (!body.present(name)) {
            return null;
        }
        Object value = body.value(name);
        if (value instanceof BigDecimal number && isInteger(number) && number.signum() >= 0 && isSmall(number)) {
            return new Bound.Position(number.longValueExact());
        }
        Instant time = value instanceof String text ? Scalars.time(text) : null;
        if (time == null) {
            body.fault(
                    name,
                    "must be a time as RFC 3339 has it, with an offset, such as \"2026-11-22T09:00:00Z\", or a position in the"
                            + " ledger, such as 4711");
            return null;
        }
        return new Bound.Time(time);
    }

    private static @Nullable Long limit(Members body) {
        BigDecimal limit = body.number("limit", BigDecimal.ONE, MOST);
        if (limit == null) {
            return null;
        }
        if (!isInteger(limit)) {
            body.fault("limit", "must be a whole number, not `" + limit + "`");
            return null;
        }
        // One out of bounds is at fault already.
        return isSmall(limit) ? limit.longValueExact() : null;
    }

    private static boolean isInteger(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isSmall(BigDecimal number) {
        return number.compareTo(MOST) <= 0;
    }
}
