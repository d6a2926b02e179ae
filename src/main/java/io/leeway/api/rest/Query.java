package io.leeway.api.rest;

import io.leeway.api.json.Faults;
import io.leeway.api.json.Scalars;
import io.leeway.api.json.Text;
import io.leeway.model.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request, read as strictly as a body: each once, none unknown, all faults at once. */
final class Query {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final MultivaluedMap<String, String> parameters;
    private final List<String> asked = new ArrayList<>();
    private final Faults faults = new Faults();

    Query(UriInfo uri) {
        this.parameters = uri.getQueryParameters();
    }

    /** A text of 1 to 401 characters; null when absent. */
    @Nullable
    String text(String name) {
        return parsed(name, text -> new Text(1, 401, true).fault(text) == null ? text : null, "1 to 401 characters");
    }

    @Nullable
    Instant time(String name) {
        return parsed(name, Scalars::time, "a time as RFC 3339 has it, with an offset, such as 2026-11-22T09:00:00Z");
    }

    @Nullable
    Duration duration(String name, Duration longest) {
        return parsed(
                name,
                text -> {
                    Duration duration = Scalars.duration(text);
                    return duration == null || duration.compareTo(longest) > 0 ? null : duration;
                },
                "an ISO 8601 duration of at most " + longest);
    }

    <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        E[] values = type.getEnumConstants();
        return parsed(
                name,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equals(text))
                        .findFirst()
                        .orElse(null),
                "one of " + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** One of these words; null when absent. */
    @Nullable
    String word(String name, List<String> words) {
        return parsed(
                name,
                text -> words.contains(text) ? text : null,
                words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(" or ")));
    }

    /** {@code explain}: whether near misses and nearest changes are asked for, which is {@code full}. */
    boolean explained() {
        return parsed("explain", text -> text.equals("full") ? Boolean.TRUE : null, "`full`") != null;
    }

    /** Whether it is there, alone or as {@code true}. */
    boolean flag(String name) {
        return parsed(name, text -> text.isEmpty() || text.equals("true") ? Boolean.TRUE : null, "alone, or `true`")
                != null;
    }

    /** {@code true} or {@code false}; null when absent. */
    @Nullable
    Boolean choice(String name) {
        return parsed(
                name,
                text -> switch (text) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> null;
                },
                "`true` or `false`");
    }

    /** {@code limit}: 1 to 500, otherwise 50. */
    int limit() {
        Integer limit = parsed(
                "limit",
                text -> {
                    int number = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
                    return number < 1 || number > MAX_LIMIT ? null : number;
                },
                "a number from 1 to " + MAX_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    /** {@code cursor}: the position before which the page begins; {@link Long#MAX_VALUE} for the first page. */
    long before() {
        Long before = cursor();
        return before == null ? Long.MAX_VALUE : before;
    }

    /** {@code cursor}: the position after which the page begins, where the newest come last; -1 for the first page. */
    long after() {
        Long after = cursor();
        return after == null ? -1 : after;
    }

    private @Nullable Long cursor() {
        return parsed("cursor", Page::position, "what a `Link` with rel=\"next\" named");
    }

    /** @throws Refusal of kind {@code MALFORMED} with everything that was wrong, and every parameter that nobody asked for */
    void nothingElse() {
        for (String name : parameters.keySet()) {
            if (!asked.contains(name)) {
                faults.add(
                        "",
                        "the query parameter `" + shortened(name) + "` is unknown; known are "
                                + String.join(", ", asked));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED, "INVALID_QUERY", "The query breaks the contract.", faults.listed());
        }
    }

    private <T> @Nullable T parsed(String name, Function<String, @Nullable T> parser, String allowed) {
        asked.add(name);
        List<String> values = parameters.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        T parsed = values.size() > 1 ? null : parser.apply(values.get(0));
        if (parsed == null) {
            faults.add(
                    "",
                    "the query parameter `" + name + "` must be " + allowed
                            + (values.size() > 1 ? ", once" : ", not `" + shortened(values.get(0)) + "`"));
        }
        return parsed;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
