package io.leeway.api.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items newest first
 */
record Page<T>(List<T> items) {
    /** The answer with a {@code Link} to what follows, when the page is full. */
    static <S, T> Response answer(
            List<S> found, int limit, UriInfo uri, ToLongFunction<S> position, java.util.function.Function<S, T> view) {
        Response.ResponseBuilder answer =
                Response.ok(new Page<>(found.stream().map(view).toList()));
        if (found.size() == limit) {
            UriBuilder next = UriBuilder.fromPath(uri.getRequestUri().getRawPath());
            uri.getQueryParameters().forEach((name, values) -> {
                if (!name.equals("cursor")) {
                    next.queryParam(name, "{" + name + "}");
                }
            });
            next.queryParam("cursor", cursor(position.applyAsLong(found.get(found.size() - 1))));
            List<String> values = uri.getQueryParameters().entrySet().stream()
                    .filter(parameter -> !parameter.getKey().equals("cursor"))
                    .map(parameter -> parameter.getValue().get(0))
                    .toList();
            answer.header("Link", "<" + next.build(values.toArray()) + ">; rel=\"next\"");
        }
        return answer.build();
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
