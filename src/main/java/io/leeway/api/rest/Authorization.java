package io.leeway.api.rest;

import io.leeway.model.Refusal;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks the permission table before any resource is called. What has no line there is refused to everybody. Pages, which have
 * sessions instead of credentials, are asked for by a filter of their own.
 */
class Authorization {
    private static final String PAGES = "/console";

    private final Map<Method, String> templates = new ConcurrentHashMap<>();

    /** @throws Refusal of kind {@code FORBIDDEN} */
    @ServerRequestFilter(nonBlocking = true)
    public void check(ContainerRequestContext request, ResourceInfo resource, RoutingContext routing) {
        if (isPage(resource)) {
            return;
        }
        Principal principal = routing.get(Gate.PRINCIPAL);
        Endpoint endpoint = endpoint(request.getMethod(), resource.getResourceMethod());
        if (principal == null || endpoint == null || !principal.may(endpoint)) {
            throw forbidden(request.getMethod());
        }
    }

    private static boolean isPage(ResourceInfo resource) {
        Class<?> declaring = resource.getResourceClass();
        String path = declaring == null ? "" : path(declaring.getAnnotation(Path.class));
        return path.equals(PAGES) || path.startsWith(PAGES + "/");
    }

    static Refusal forbidden(String method) {
        return new Refusal(Refusal.Kind.FORBIDDEN, "FORBIDDEN", "No role of this key allows " + method + " here.");
    }

    private @Nullable Endpoint endpoint(String method, @Nullable Method resource) {
        if (resource == null) {
            return null;
        }
        String template = templates.computeIfAbsent(resource, Authorization::template);
        return new Endpoint(method.equals("HEAD") ? "GET" : method, template);
    }

    /** The path of the class and of the method, as the table spells it. */
    static String template(Method resource) {
        String template =
                path(resource.getDeclaringClass().getAnnotation(Path.class)) + path(resource.getAnnotation(Path.class));
        return template.isEmpty() ? "/" : template;
    }

    private static String path(@Nullable Path path) {
        if (path == null) {
            return "";
        }
        String value = path.value();
        String trimmed = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }
}
