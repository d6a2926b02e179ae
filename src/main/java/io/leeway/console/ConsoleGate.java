package io.leeway.console;

import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request for a page passes: security headers, where the request comes from, whose session it is. Strangers get as far
 * as {@link #OPEN} and the files that pages are made with; what somebody may do in his session is {@link ConsoleAccess}'s business.
 * A session counts here and nowhere else, a credential of the API everywhere but here.
 */
@ApplicationScoped
class ConsoleGate {
    static final String ROOT = "/console";
    static final String SIGN_IN = ROOT + "/sign-in";
    static final String ASSETS = ROOT + "/assets/";

    private static final Set<String> OPEN = Set.of(SIGN_IN);
    private static final String UPLOAD = ROOT + "/policies";
    private static final Endpoint PROPOSE = new Endpoint("POST", "/v1/policies");
    /** Bytes of an upload of workbooks, as the API has it. */
    private static final long MOST_UPLOADED = 64 << 20;
    /** Bytes of any other form. */
    private static final long MOST_SENT = 256 << 10;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String PRINCIPAL = "leeway.console.principal";
    /** The API's gate is at 1000, and first. */
    private static final int AFTER_THE_GATE = 900;

    private static final int AFTER_ALL_PAGES = 100_000;

    /** Nothing from elsewhere, nothing inline. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Sessions sessions;
    private final Reads reads;

    ConsoleGate(Sessions sessions, Reads reads) {
        this.sessions = sessions;
        this.reads = reads;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, AFTER_THE_GATE);
    }

    /** Paths that no page is at. */
    void register(@Observes Router router) {
        router.route(ROOT + "/*").order(AFTER_ALL_PAGES).handler(routing -> send(routing, Pages.failure(routing, 404)));
    }

    /** Whose session it is; null for a stranger. */
    static @Nullable Principal principal(RoutingContext routing) {
        return routing.get(PRINCIPAL);
    }

    private void pass(RoutingContext routing) {
        String path = routing.normalizedPath() == null ? "" : routing.normalizedPath();
        if (path.equals("/")) {
            goTo(routing, ROOT);
        } else if (path.equals(ROOT) || path.startsWith(ROOT + "/")) {
            passPage(routing, path);
        } else {
            routing.next();
        }
    }

    private void passPage(RoutingContext routing, String path) {
        putHeaders(routing, path);
        boolean reading = READING.contains(routing.request().method());
        if (!reading && !isSmallEnough(routing.request(), path)) {
            routing.response().putHeader("Connection", "close");
            send(routing, Pages.failure(routing, 413));
        } else if (!reading && !SameOrigin.holds(routing.request())) {
            send(
                    routing,
                    Pages.refused(
                            routing,
                            new Refusal(
                                    Refusal.Kind.FORBIDDEN,
                                    "CROSS_ORIGIN",
                                    "This form was not sent by a page of the console, so nothing was done.")));
        } else if (OPEN.contains(path) || reading && path.startsWith(ASSETS)) {
            routing.next();
        } else {
            SessionCookie.read(routing.request())
                    .ifPresentOrElse(token -> lookUp(routing, token), () -> turnAway(routing));
        }
    }

    /** Browsers say how much they send. */
    private static boolean isSmallEnough(HttpServerRequest request, String path) {
        String length = request.getHeader("Content-Length");
        long most = path.equals(UPLOAD) ? MOST_UPLOADED : MOST_SENT;
        return length != null && length.matches("[0-9]{1,9}") && Long.parseLong(length) <= most;
    }

    private void lookUp(RoutingContext routing, String token) {
        Context context = Vertx.currentContext();
        // The request stays paused, as Quarkus hands it out, until somebody reads its body.
        reads.read(() -> sessions.holder(token), Pages.PATIENCE)
                .whenComplete((holder, failure) -> context.runOnContext(
                        nothing -> admit(routing, holder == null ? Optional.empty() : holder, failure)));
    }

    private static void admit(RoutingContext routing, Optional<Principal> holder, @Nullable Throwable failure) {
        if (failure != null) {
            send(routing, Pages.failure(routing, failure));
        } else if (holder.isPresent() && isUpload(routing) && !holder.get().may(PROPOSE)) {
            // Before anything of it is read: nobody fills the disk who may not propose.
            routing.response().putHeader("Connection", "close");
            send(routing, Pages.refused(routing, ConsoleAccess.refusal()));
        } else if (holder.isPresent()) {
            routing.put(PRINCIPAL, holder.get());
            routing.next();
        } else {
            turnAway(routing);
        }
    }

    private static boolean isUpload(RoutingContext routing) {
        return routing.request().method().equals(HttpMethod.POST) && UPLOAD.equals(routing.normalizedPath());
    }

    /** To where one signs in, and from there on to where one wanted to go. */
    private static void turnAway(RoutingContext routing) {
        boolean reading = routing.request().method().equals(HttpMethod.GET);
        String wanted = URLEncoder.encode(routing.request().uri(), StandardCharsets.UTF_8);
        String signIn = reading ? SIGN_IN + "?next=" + wanted : SIGN_IN;
        if (routing.request().headers().contains("HX-Request")) {
            // A part of a page was asked for: it is the page that has to go.
            routing.response()
                    .setStatusCode(401)
                    .putHeader("HX-Redirect", SIGN_IN)
                    .end();
        } else {
            goTo(routing, signIn);
        }
    }

    private static void goTo(RoutingContext routing, String path) {
        routing.response().setStatusCode(303).putHeader("Location", path).end();
    }

    private static void send(RoutingContext routing, Pages.Html page) {
        HttpServerResponse response = routing.response();
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(page.status())
                    .putHeader("Content-Type", Pages.HTML)
                    .end(page.text());
        }
    }

    private static void putHeaders(RoutingContext routing, String path) {
        MultiMap headers = routing.response().headers();
        if (path.startsWith(ASSETS)) {
            // They say themselves how long they may be kept, which is no secret.
            headers.remove("Cache-Control");
        }
        headers.set("Content-Security-Policy", CONTENT_SECURITY);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        // With `no-referrer`, which the API has, forms would say that they come from nowhere: `Origin: null`.
        headers.set("Referrer-Policy", "same-origin");
    }
}
