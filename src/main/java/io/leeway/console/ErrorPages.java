package io.leeway.console;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What fails in JAX-RS itself comes as a problem document, which is nothing for people: pages show it in words. */
class ErrorPages {
    private static final MediaType PAGE = MediaType.valueOf(Pages.HTML);

    @ServerResponseFilter
    public void replace(ContainerResponseContext response, RoutingContext routing) {
        String path = routing.normalizedPath();
        MediaType type = response.getMediaType();
        if (response.getStatus() >= 400
                && path != null
                && path.startsWith(ConsoleGate.ROOT)
                && (type == null || !type.isCompatible(PAGE))) {
            String page = Pages.failure(routing, response.getStatus()).text();
            response.setEntity(page, new Annotation[0], PAGE);
        }
    }
}
