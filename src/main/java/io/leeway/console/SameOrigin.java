package io.leeway.console;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;

/**
 * Whether a request was made by a page of this very origin. Browsers say so in {@code Sec-Fetch-Site} where the connection is
 * trustworthy, and in {@code Origin} everywhere; a request that says neither is nobody's form.
 */
final class SameOrigin {
    private SameOrigin() {}

    static boolean holds(HttpServerRequest request) {
        List<String> site = request.headers().getAll("Sec-Fetch-Site");
        if (!site.isEmpty()) {
            return site.equals(List.of("same-origin"));
        }
        HostAndPort asked = request.authority();
        return asked != null
                && request.headers()
                        .getAll("Origin")
                        .equals(List.of((request.scheme() + "://" + asked).toLowerCase(Locale.ROOT)));
    }
}
