package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors that HTTP itself knows are problem documents too. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class HttpErrorsIT {
    @TestHTTPResource("/v1/decisions")
    URI decisions;

    private static void isProblem(Response response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("code")).isEqualTo(code);
        assertThat(response.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(response.jsonPath().getString("type")).startsWith("/problems/");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void nothingThere() {
        for (String path : List.of("/nothing", "/v1", "/v1/nothing", "/q/nothing", "/v1/decisions/x/y")) {
            isProblem(as("agent").get(path), 404, "NOT_FOUND");
        }
    }

    @Test
    void anotherMethod() {
        Response response = as("agent").delete("/v1/decisions");
        isProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void anotherMediaType() {
        isProblem(as("agent").accept("text/html").get("/v1/vocabulary"), 406, "NOT_ACCEPTABLE");
        isProblem(
                as("agent").contentType("text/plain").body("{}").post("/v1/decisions"), 415, "UNSUPPORTED_MEDIA_TYPE");
        isProblem(
                as("agent").contentType("application/xml").body("<a/>").post("/v1/decisions"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void tooLargeWhetherItsLengthIsDeclaredOrNot() throws Exception {
        byte[] large = new byte[300_000];
        isProblem(as("agent").contentType("application/json").body(large).post("/v1/decisions"), 413, "BODY_TOO_LARGE");
        HttpResponse<String> chunked = chunked(large, key());
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(chunked.body()).contains("BODY_TOO_LARGE");
    }

    @Test
    void bodyOfUndeclaredLengthIsReadLikeAnyOther() throws Exception {
        byte[] proposal =
                DecisionApiIT.proposal("api-bot", DecisionApiIT.id()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(chunked(proposal, key()).statusCode()).isEqualTo(200);
        assertThat(chunked("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), key())
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void largeBodyIsDecidedLikeASmallOne() {
        String context = ",\"context\":{" + "\"a\":\"" + "x".repeat(60_000) + "\"}}";
        String small = DecisionApiIT.proposal("api-bot", DecisionApiIT.id());
        String large = small.substring(0, small.length() - 1) + context;
        DecisionApiIT.post(as("agent"), "/v1/decisions", large).statusCode(200);
    }

    @Test
    void nothingOfAProblemComesFromInside() {
        String answer = with(TestKeys.admin()).get("/v1/keys/%00").asString()
                + as("agent").get("/v1/decisions?limit=%FF").asString()
                + as("agent").get("/v1/decisions/%E2%82").asString();
        assertThat(answer).doesNotContain("Exception", "java.", "io.quarkus", "io.leeway", "\tat ");
    }

    private static String key() {
        return TestKeys.create("chunked " + DecisionApiIT.id(), List.of("agent"), List.of());
    }

    private HttpResponse<String> chunked(byte[] body, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(decisions)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
