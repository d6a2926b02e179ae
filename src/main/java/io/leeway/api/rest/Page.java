package io.leeway.api.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items newest first
 */
record Page<T>(List<T> items) {
    /** The answer with a {@code Link} to what follows, when the page is full. */
    static <S, T> Response answer(
            List<S> found, int limit, UriInfo uri, ToLongFunction<S> position, Function<S, T> view) {
        Response.ResponseBuilder answer =
                Response.ok(new Page<>(found.stream().map(view).toList()));
        if (found.size() == limit) {
            link(answer, uri, position.applyAsLong(found.get(found.size() - 1)));
        }
        return answer.build();
    }

    /** Adds a {@code Link} to what follows that position: the same query with a cursor. */
    static void link(Response.ResponseBuilder answer, UriInfo uri, long position) {
        Map<String, String> next = new TreeMap<>();
        uri.getQueryParameters().forEach((name, values) -> next.put(name, values.get(0)));
        next.put("cursor", cursor(position));
        String query = next.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        answer.header("Link", "<" + uri.getRequestUri().getRawPath() + "?" + query + ">; rel=\"next\"");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A position as it is handed out: callers are not to compute with it. */
    static String cursor(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    /** The position of a cursor; null when it is none. */
    static @Nullable Long position(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            long position = bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : -1;
            return position < 0 ? null : position;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
