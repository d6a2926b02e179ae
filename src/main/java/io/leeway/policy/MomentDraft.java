package io.leeway.policy;

import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The moment of a decision of which single things are given: a weekday, a time, whether it is month-end. */
final class MomentDraft {
    /** Days that are looked at: enough for the last day of any year to have been each day of the week. */
    private static final int DAYS = 11 * 366;

    private final Map<TestInput, Object> given = new LinkedHashMap<>();

    void give(TestInput input, Object value) {
        given.put(input, value);
    }

    boolean isEmpty() {
        return given.isEmpty();
    }

    /**
     * The first moment from that one on, by whole days and at the times that are given, of which all of it is true; that one
     * itself when there is none.
     *
     * @param at makes a proposal that is decided then
     */
    Instant from(Instant start, Function<Instant, Proposal> at) {
        if (isTrue(at.apply(start))) {
            return start;
        }
        ZoneId zone = zone();
        LocalTime time = time();
        ZonedDateTime begin = start.atZone(zone);
        for (int i = 0; i <= DAYS; i++) {
            LocalDate day = begin.toLocalDate().plusDays(i);
            Instant moment = day.atTime(time == null ? begin.toLocalTime() : time)
                    .atZone(zone)
                    .toInstant();
            if (isTrue(at.apply(moment))) {
                return moment;
            }
        }
        return start;
    }

    private boolean isTrue(Proposal proposal) {
        return given.entrySet().stream().allMatch(it -> isSame(it.getValue(), value(it.getKey(), proposal)));
    }

    private static boolean isSame(Object one, @Nullable Object other) {
        return one instanceof BigDecimal number && other instanceof BigDecimal found
                ? number.compareTo(found) == 0
                : one.equals(other);
    }

    private static @Nullable Object value(TestInput input, Proposal proposal) {
        return Objects.requireNonNull(input.path()).valueOf(proposal);
    }

    /** The zone of the time, if one is given, else of anything. */
    private ZoneId zone() {
        ZoneId zone = ZoneOffset.UTC;
        for (TestInput input : given.keySet()) {
            int last = input.arguments().size() - 1;
            boolean named = last >= (input.name().equals("now.calendar") ? 1 : 0);
            zone = named ? ZoneId.of(input.arguments().get(last)) : ZoneOffset.UTC;
            if (input.name().equals("now.time")) {
                return zone;
            }
        }
        return zone;
    }

    private @Nullable LocalTime time() {
        for (Map.Entry<TestInput, Object> fact : given.entrySet()) {
            if (fact.getKey().name().equals("now.time")) {
                return ClockTime.time((BigDecimal) fact.getValue());
            }
        }
        return null;
    }
}
