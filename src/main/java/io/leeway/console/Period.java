package io.leeway.console;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From when to when, as a form sent it, in UTC; what is blank asks for no end.
 *
 * @param from as it stands in the form
 * @param to likewise, exclusive
 * @param faults what is no time, in words
 */
record Period(String from, String to, List<String> faults) {
    Period {
        faults = List.copyOf(faults);
    }

    static Period read(MultivaluedMap<String, String> query) {
        List<String> faults = new ArrayList<>();
        return new Period(read(query, "from", faults), read(query, "to", faults), faults);
    }

    private static String read(MultivaluedMap<String, String> query, String name, List<String> faults) {
        String sent = query.getFirst(name);
        String value = sent == null ? "" : sent.strip();
        if (!value.isEmpty() && time(value) == null) {
            faults.add("`" + value + "` is no date and time such as 2026-11-22T09:00.");
        }
        return value;
    }

    /** Its first moment; null for any. */
    @Nullable
    Instant start() {
        return time(from);
    }

    /** The first moment after it; null for any. */
    @Nullable
    Instant end() {
        return time(to);
    }

    private static @Nullable Instant time(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
