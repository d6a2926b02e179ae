package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.security.Endpoint;
import io.leeway.security.Permissions;
import io.leeway.security.Role;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every role at every endpoint, over HTTP: exactly what the permission table says, and nothing that it does not name. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PermissionsIT {
    @Test
    void everyEndpointHasALine() {
        assertThat(endpoints()).isNotEmpty().isEqualTo(Permissions.endpoints());
    }

    @Test
    void everyRoleMayWhatTheTableSaysAndNothingElse() {
        SoftAssertions.assertSoftly(softly -> {
            for (Endpoint endpoint : endpoints()) {
                for (Role role : Role.values()) {
                    Response response = call(as(role.wire()), endpoint);
                    String cell = role + " at " + endpoint + " got " + response.statusCode();
                    if (Permissions.allows(Set.of(role), endpoint)) {
                        softly.assertThat(response.statusCode()).as(cell).isNotIn(401, 403, 500, 503);
                    } else {
                        softly.assertThat(response.statusCode()).as(cell).isEqualTo(403);
                        softly.assertThat(response.jsonPath().getString("code"))
                                .as(cell)
                                .isEqualTo("FORBIDDEN");
                    }
                }
            }
        });
    }

    @Test
    void nobodyComesInWithoutAKey() {
        String key = TestKeys.admin();
        List<String> credentials = List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer " + key.substring(0, key.length() - 1),
                "Bearer " + key + "x",
                "Token " + key,
                key,
                basic("admin", key));
        SoftAssertions.assertSoftly(softly -> {
            for (Endpoint endpoint : endpoints()) {
                softly.assertThat(call(given(), endpoint).statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(401);
            }
            for (String credential : credentials) {
                Response response = given().header("Authorization", credential).get("/v1/keys");
                softly.assertThat(response.statusCode()).as(credential).isEqualTo(401);
                softly.assertThat(response.contentType()).startsWith("application/problem+json");
                softly.assertThat(response.headers().getValues("WWW-Authenticate"))
                        .as(credential)
                        .containsExactly("Bearer");
            }
            for (String path : List.of(
                    "/nothing", "/v1", "/v1/nothing", "/index.html", "/consoles", "/webjars/htmx.org/dist/htmx.js")) {
                softly.assertThat(given().get(path).statusCode()).as(path).isEqualTo(401);
            }
        });
    }

    @Test
    void anonymousCallersGetLivenessAndReadinessOnly() {
        SoftAssertions.assertSoftly(softly -> {
            for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started")) {
                softly.assertThat(given().get(path).statusCode()).as(path).isEqualTo(200);
            }
            for (String path : List.of(
                    "/q/health",
                    "/q/health/",
                    "/q/health/group/database",
                    "/q/metrics",
                    "/q/openapi",
                    "/q/swagger-ui",
                    "/q/swagger-ui/",
                    "/q/health/live/../../metrics",
                    "/q/health/live%2F..%2F..%2Fmetrics",
                    "/q//metrics",
                    "//q/metrics")) {
                Response response = given().urlEncodingEnabled(false)
                        .redirects()
                        .follow(false)
                        .get(path);
                softly.assertThat(response.statusCode()).as(path).isEqualTo(401);
            }
        });
    }

    @Test
    void browserShowsTheKeyAsAPasswordForOperationsOnly() {
        String basic = basic("me", TestKeys.admin());
        assertThat(given().get("/q/metrics").headers().getValues("WWW-Authenticate"))
                .hasSize(2)
                .anyMatch(challenge -> challenge.startsWith("Basic"));
        for (String path :
                List.of("/q/metrics", "/q/openapi", "/q/swagger-ui/", "/q/health", "/q/health/group/database")) {
            assertThat(given().header("Authorization", basic).get(path).statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(as("agent").get(path).statusCode()).as(path).isEqualTo(200);
        }
        String page =
                given().header("Authorization", basic).get("/q/swagger-ui/").asString();
        assertThat(page).contains("swagger-ui");
    }

    private static Set<Endpoint> endpoints() {
        Map<String, Map<String, Object>> paths =
                as("agent").get("/q/openapi?format=json").jsonPath().getMap("paths");
        Set<Endpoint> endpoints = new HashSet<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> !method.equals("parameters"))
                .forEach(method -> endpoints.add(new Endpoint(method.toUpperCase(java.util.Locale.ROOT), path))));
        return endpoints;
    }

    private static Response call(RequestSpecification by, Endpoint endpoint) {
        String path =
                endpoint.template().replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
        boolean hasBody = !endpoint.method().equals("GET") && !endpoint.method().equals("DELETE");
        RequestSpecification request =
                hasBody ? by.contentType("application/json").body("{}") : by;
        // A stream would never end; where it is not begun since this is no id, somebody was let in all the same.
        return request.header("Last-Event-ID", "none").request(endpoint.method(), path);
    }

    private static String basic(String user, String password) {
        return "Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
