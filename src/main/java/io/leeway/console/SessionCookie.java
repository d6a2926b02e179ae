package io.leeway.console;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a browser holds of a session. Only pages get to see it: {@code /v1} takes no cookie, and no script can read this one. */
final class SessionCookie {
    private static final String NAME = "leeway-session";

    private SessionCookie() {}

    /** The token that was sent; empty when there is none, or several, of which another site may have planted one. */
    static Optional<String> read(HttpServerRequest request) {
        List<String> sent = request.headers().getAll("Cookie").stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NAME + "="))
                .toList();
        return sent.size() == 1 ? Optional.of(sent.get(0).substring(NAME.length() + 1)) : Optional.empty();
    }

    /** Hands a token out. */
    static NewCookie of(String token, HttpServerRequest request) {
        return cookie(token, (int) Sessions.LIFE.toSeconds(), request);
    }

    /** Takes it back. */
    static NewCookie gone(HttpServerRequest request) {
        return cookie("", 0, request);
    }

    private static NewCookie cookie(String value, int seconds, HttpServerRequest request) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path(ConsoleGate.ROOT)
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure("https".equals(request.scheme()))
                .build();
    }
}
