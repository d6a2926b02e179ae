package io.leeway.console;

import io.leeway.model.Refusal;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Asks, before any method of a page is called, whether its caller may: see {@link May}. */
class ConsoleAccess {
    /** @return null when he may */
    @ServerRequestFilter(nonBlocking = true)
    public @Nullable Response check(ResourceInfo resource, RoutingContext routing) {
        Method method = resource.getResourceMethod();
        return method == null
                        || !isPage(resource.getResourceClass())
                        || isAllowed(method, ConsoleGate.principal(routing))
                ? null
                : Pages.error(routing, refusal());
    }

    static Refusal refusal() {
        return new Refusal(Refusal.Kind.FORBIDDEN, "FORBIDDEN", "No role of your key allows what this page is for.");
    }

    private static boolean isPage(Class<?> resource) {
        Path path = resource.getAnnotation(Path.class);
        return path != null
                && (path.value().equals(ConsoleGate.ROOT) || path.value().startsWith(ConsoleGate.ROOT + "/"));
    }

    static boolean isAllowed(Method method, @Nullable Principal principal) {
        if (method.isAnnotationPresent(ForEverybody.class)) {
            return true;
        }
        May may = method.getAnnotation(May.class);
        return principal != null
                && (method.isAnnotationPresent(SignedIn.class) || may != null && principal.may(endpoint(may)));
    }

    static Endpoint endpoint(May may) {
        String[] parts = may.value().split(" ");
        return new Endpoint(parts[0], parts[1]);
    }
}
