package io.leeway.api.rest;

import io.leeway.api.json.StrictJson;
import io.leeway.api.problem.Problem;
import io.leeway.api.problem.ProblemAnswer;
import io.leeway.api.problem.ProblemMapping;
import io.leeway.decision.Lane;
import io.leeway.model.Refusal;
import io.leeway.security.Authentication;
import io.leeway.security.Authenticator;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * What every request passes before anything else sees it: security headers, size of the body, who calls. Nobody without a
 * credential gets further than {@link #OPEN}; what somebody may do with it is {@link Authorization}'s business. Pages have a gate
 * of their own behind this one, which knows sessions and no credential: what passes on to it is nobody yet.
 */
@ApplicationScoped
class Gate {
    /** Where the caller stands in the routing context. */
    static final String PRINCIPAL = "leeway.principal";
    /** W3C trace id of the request in the log and in the routing context. */
    static final String TRACE_ID = "traceId";

    /** The event loop's context of the request, in the routing context. */
    static final String CONTEXT = "leeway.context";

    /** All that an anonymous caller may ask. */
    private static final Set<String> OPEN = Set.of("/q/health/live", "/q/health/ready", "/q/health/started");

    /** Where a browser may show the key as the password of HTTP Basic. It would send that by itself, so never under /v1. */
    private static final String OPERATIONS = "/q/";

    private static final String DECISIONS = "/v1/decisions";
    private static final String PAGES = "/console";
    private static final String POLICIES = "/v1/policies";

    /** Bytes of an upload of workbooks; {@code quarkus.http.limits.max-body-size} is the same. */
    private static final long MAX_UPLOAD = 64 << 20;

    private static final String SWAGGER_UI = "/q/swagger-ui";
    private static final String NO_CONTENT_SECURITY = "default-src 'none'; frame-ancestors 'none'";
    private static final String SWAGGER_CONTENT_SECURITY = "default-src 'self'; script-src 'self' 'unsafe-inline';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
    private static final int BEFORE_ALL_OTHERS = 1000;
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String NO_TRACE = "0".repeat(32);

    private static final Pattern CONTROL = Pattern.compile("%[01][0-9a-fA-F]|%7[fF]");

    private final Authenticator authenticator;
    private final Lane lane;
    /** Being worked on: admitted, and not answered yet. */
    private final AtomicInteger proposals = new AtomicInteger();
    /** Bodies that do not say how long they are: read here, so that one that is too long gets an answer in words. */
    private final BodyHandler undeclared = BodyHandler.create(false).setBodyLimit(StrictJson.MAX_BODY);

    Gate(Authenticator authenticator, Lane lane) {
        this.authenticator = authenticator;
        this.lane = lane;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, BEFORE_ALL_OTHERS);
    }

    /** What fails outside of JAX-RS, and paths that nothing is at. */
    void register(@Observes Router router) {
        router.route().order(-BEFORE_ALL_OTHERS).failureHandler(routing -> {
            Throwable failure = routing.failure();
            int status = routing.statusCode();
            boolean known = status >= 400 && status < 500;
            ProblemAnswer.send(
                    routing, known || failure == null ? Problem.of(known ? status : 500) : ProblemMapping.of(failure));
        });
        router.errorHandler(404, routing -> ProblemAnswer.send(routing, Problem.of(404)));
    }

    private void pass(RoutingContext routing) {
        // Null when it cannot be decoded, which is then nothing that is open.
        String path = routing.normalizedPath() == null ? "" : routing.normalizedPath();
        putHeaders(routing, path);
        routing.put(CONTEXT, Vertx.currentContext());
        if (!isPage(path) && isTooLarge(routing, isUpload(routing, path) ? MAX_UPLOAD : StrictJson.MAX_BODY)) {
            routing.response().putHeader("Connection", "close");
            ProblemAnswer.send(routing, Problem.of(StrictJson.tooLarge()));
        } else if (CONTROL.matcher(routing.request().uri()).find()) {
            // No name has one, and none may reach a log or the database.
            ProblemAnswer.send(
                    routing,
                    Problem.of(new Refusal(
                            Refusal.Kind.MALFORMED,
                            "MALFORMED_URI",
                            "The path or query holds an encoded control character.")));
        } else if (OPEN.contains(path) || isPage(path)) {
            routing.next();
        } else {
            credential(routing, path)
                    .ifPresentOrElse(sent -> admit(routing, path, sent), () -> refuse(routing, path, missing()));
        }
    }

    /** Where people come in with a browser: the root and everything under {@link #PAGES}. */
    private static boolean isPage(String path) {
        return path.equals("/") || path.equals(PAGES) || path.startsWith(PAGES + "/");
    }

    private void admit(RoutingContext routing, String path, String credential) {
        Authentication known = authenticator.authenticate(credential);
        if (!(known instanceof Authentication.Unknown)) {
            admit(routing, path, known);
            return;
        }
        Context context = routing.get(CONTEXT);
        // The request stays paused, as Quarkus hands it out, until somebody reads its body.
        authenticator
                .lookUp(credential)
                .whenComplete((looked, failure) -> context.runOnContext(nothing -> {
                    if (failure == null) {
                        admit(routing, path, looked);
                    } else {
                        ProblemAnswer.send(routing, ProblemMapping.of(failure));
                    }
                }));
    }

    private void admit(RoutingContext routing, String path, Authentication authentication) {
        if (authentication instanceof Authentication.Accepted accepted) {
            if (path.equals(DECISIONS) && routing.request().method().equals(HttpMethod.POST)) {
                if (lane.isOverloadedBy(proposals.get())) {
                    // Here, before anything is spent on it, since spending is what there is too much of.
                    ProblemAnswer.send(routing, Problem.of(Lane.overloaded()));
                    return;
                }
                proposals.incrementAndGet();
                routing.addEndHandler(ended -> proposals.decrementAndGet());
            }
            routing.put(PRINCIPAL, accepted.principal());
            traceId(routing).ifPresent(id -> {
                routing.put(TRACE_ID, id);
                MDC.put(TRACE_ID, id);
            });
            if (isUpload(routing, path)) {
                // Nobody fills the disk who may not propose.
                admitUpload(routing, accepted.principal());
            } else if (hasUndeclaredBody(routing)) {
                undeclared.handle(routing);
            } else {
                routing.next();
            }
        } else if (authentication instanceof Authentication.Refused refused) {
            refuse(routing, path, refused.refusal());
        } else {
            refuse(routing, path, missing());
        }
    }

    private static void admitUpload(RoutingContext routing, Principal principal) {
        if (principal.may(new Endpoint("POST", POLICIES))) {
            routing.next();
        } else {
            routing.response().putHeader("Connection", "close");
            ProblemAnswer.send(routing, Problem.of(Authorization.forbidden("POST")));
        }
    }

    private static void refuse(RoutingContext routing, String path, Refusal refusal) {
        if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
            MultiMap headers = routing.response().headers();
            headers.add("WWW-Authenticate", "Bearer");
            if (path.startsWith(OPERATIONS)) {
                headers.add("WWW-Authenticate", "Basic realm=\"Leeway: a key as the password\", charset=\"UTF-8\"");
            }
        }
        ProblemAnswer.send(routing, Problem.of(refusal));
    }

    private static Refusal missing() {
        return new Refusal(
                Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "Send a key: `Authorization: Bearer <key>`.");
    }

    private static Optional<String> credential(RoutingContext routing, String path) {
        List<String> sent = routing.request().headers().getAll("Authorization");
        if (sent.size() != 1) {
            return Optional.empty();
        }
        String header = sent.get(0);
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(header.substring(7).strip());
        }
        boolean basic = path.startsWith(OPERATIONS) && header.regionMatches(true, 0, "Basic ", 0, 6);
        return basic ? password(header.substring(6).strip()) : Optional.empty();
    }

    private static Optional<String> password(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isUpload(RoutingContext routing, String path) {
        return path.equals(POLICIES) && routing.request().method().equals(HttpMethod.POST);
    }

    private static boolean isTooLarge(RoutingContext routing, long limit) {
        String length = routing.request().getHeader("Content-Length");
        try {
            return length != null && Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static boolean hasUndeclaredBody(RoutingContext routing) {
        HttpMethod method = routing.request().method();
        return routing.request().getHeader("Content-Length") == null
                && !method.equals(HttpMethod.GET)
                && !method.equals(HttpMethod.HEAD);
    }

    private static void putHeaders(RoutingContext routing, String path) {
        MultiMap headers = routing.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        boolean swagger = path.equals(SWAGGER_UI) || path.startsWith(SWAGGER_UI + "/");
        headers.set("Content-Security-Policy", swagger ? SWAGGER_CONTENT_SECURITY : NO_CONTENT_SECURITY);
        if (!swagger) {
            headers.set("Cache-Control", "no-store");
        }
    }

    /** The trace id of a valid {@code traceparent} (W3C Trace Context). */
    private static Optional<String> traceId(RoutingContext routing) {
        String traceparent = routing.request().getHeader("traceparent");
        if (traceparent == null || traceparent.startsWith("ff")) {
            return Optional.empty();
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() && !matcher.group(1).equals(NO_TRACE)
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }
}
