package io.leeway.api.rest;

import io.leeway.security.Endpoint;
import io.leeway.security.Permissions;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says with every 405 which methods the path takes (RFC 9110 §15.5.6), from the permission table. */
class AllowedMethods {
    @ServerResponseFilter
    public void add(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == 405) {
            String path = request.getUriInfo().getPath();
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.ALLOW,
                            Permissions.endpoints().stream()
                                    .filter(endpoint -> isAt(endpoint, path))
                                    .map(Endpoint::method)
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static boolean isAt(Endpoint endpoint, String path) {
        return path.matches(endpoint.template().replaceAll("\\{[a-z]+}", "[^/]+"));
    }
}
