package io.leeway.console;

import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.TestKeys;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to the pages, over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SessionIT {
    private static final String COOKIE = "leeway-session";

    @TestHTTPResource("/")
    URI service;

    @Inject
    DataSource database;

    private static RequestSpecification browser() {
        return given().redirects().follow(false);
    }

    /** As a page's form sends it. */
    private static RequestSpecification form() {
        return browser().header("Sec-Fetch-Site", "same-origin").contentType("application/x-www-form-urlencoded");
    }

    private static Response signIn(String key) {
        return form().formParam("key", key).post("/console/sign-in");
    }

    private static String session(String... roles) {
        return signIn(key(roles)).getCookie(COOKIE);
    }

    private static String key(String... roles) {
        return TestKeys.create("session " + UUID.randomUUID(), List.of(roles), List.of());
    }

    @Test
    void rootLeadsToTheConsoleAndStrangersToSignIn() {
        assertThat(browser().get("/").header("Location")).endsWith("/console");
        for (String path :
                List.of("/console", "/console/", "/console/stops", "/console/decisions/x", "/console/none")) {
            Response answer = browser().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(answer.header("Location")).as(path).contains("/console/sign-in?next=");
        }
        assertThat(form().post("/console/stops").header("Location")).endsWith("/console/sign-in");
        assertThat(browser()
                        .header("HX-Request", "true")
                        .get("/console/stops/scope")
                        .header("HX-Redirect"))
                .isEqualTo("/console/sign-in");
    }

    @Test
    void sessionIsARandomTokenOfWhichOnlyTheHashIsKept() throws Exception {
        String key = key("operator");
        Response answer = signIn(key);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/console");
        assertThat(answer.header("Set-Cookie"))
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .containsIgnoringCase("Path=/console")
                .containsIgnoringCase("Max-Age=43200")
                .doesNotContainIgnoringCase("Secure");
        String token = answer.getCookie(COOKIE);
        assertThat(token).hasSize(43).isNotEqualTo(signIn(key).getCookie(COOKIE));
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select session::text from console_session session");
                var rows = select.executeQuery()) {
            int count = 0;
            while (rows.next()) {
                assertThat(rows.getString(1)).doesNotContain(token, key);
                count++;
            }
            assertThat(count).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "leeway_",
                "nonsense",
                "leeway_000000000000000000000000_0000000000000000000000000000000000000000000"
            })
    void whatIsNoKeyOpensNothing(String key) {
        Response answer = signIn(key);
        assertThat(answer.statusCode()).isIn(401, 422);
        assertThat(answer.getCookie(COOKIE)).isNull();
        assertThat(answer.contentType()).startsWith("text/html");
    }

    @Test
    void sessionEndsWithSigningOutWithItsKeyAndWithItsTime() throws Exception {
        String out = session("operator");
        assertThat(stops(out)).isEqualTo(200);
        assertThat(form().cookie(COOKIE, out).post("/console/sign-out").header("Set-Cookie"))
                .contains(COOKIE + "=;")
                .containsIgnoringCase("Max-Age=0");
        assertThat(stops(out)).isEqualTo(303);

        String key = key("operator");
        String revoked = signIn(key).getCookie(COOKIE);
        assertThat(stops(revoked)).isEqualTo(200);
        String id = key.substring("leeway_".length(), "leeway_".length() + 24);
        with(TestKeys.admin()).delete("/v1/keys/" + id).then().statusCode(204);
        assertThat(stops(revoked)).isEqualTo(303);

        String old = session("operator");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update console_session set ends_at = clock_timestamp()"))
                    .isPositive();
        }
        assertThat(stops(old)).isEqualTo(303);
    }

    private static int stops(String session) {
        return browser().cookie(COOKIE, session).get("/console/stops").statusCode();
    }

    @Test
    void sessionOpensNoApiAndAKeyNoPage() {
        String session = session("operator", "compliance");
        for (String path : List.of("/v1/stops", "/v1/decisions", "/q/metrics", "/q/openapi")) {
            assertThat(browser().cookie(COOKIE, session).get(path).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(browser()
                        .cookie(COOKIE, session)
                        .header("Sec-Fetch-Site", "same-origin")
                        .contentType("application/json")
                        .body("{\"scope\":{\"kind\":\"all\"},\"reason\":\"x\"}")
                        .post("/v1/stops")
                        .statusCode())
                .isEqualTo(401);
        for (String path : List.of("/console", "/console/stops", "/console/decisions")) {
            assertThat(as("operator").redirects().follow(false).get(path).statusCode())
                    .as(path)
                    .isEqualTo(303);
        }
        assertThat(as("operator")
                        .redirects()
                        .follow(false)
                        .header("Sec-Fetch-Site", "same-origin")
                        .formParam("kind", "all")
                        .formParam("reason", "x")
                        .post("/console/stops")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void twoSessionCookiesAreNone() {
        String session = session("operator");
        assertThat(browser()
                        .header("Cookie", COOKIE + "=" + session + "; " + COOKIE + "=planted")
                        .get("/console/stops")
                        .statusCode())
                .isEqualTo(303);
    }

    /** Origin, Sec-Fetch-Site, and whether a form from there is taken; {@code here} stands for the service. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, same-origin, true",
                "here, same-origin, true",
                "here, -, true",
                "-, -, false",
                "null, -, false",
                "https://evil.example, -, false",
                "here, cross-site, false",
                "here, same-site, false",
                "-, none, false",
                "-, cross-site, false",
                "http://localhost, -, false"
            })
    void formsAreTakenFromTheConsoleOnly(String origin, String site, boolean taken) {
        RequestSpecification request = browser()
                .cookie(COOKIE, session("operator"))
                .contentType("application/x-www-form-urlencoded")
                .formParam("kind", "trace")
                .formParam("value", "tr-" + UUID.randomUUID())
                .formParam("reason", "to try it");
        if (origin != null) {
            String here = service.getScheme() + "://" + service.getAuthority();
            request.header("Origin", origin.equals("here") ? here : origin);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        Response answer = request.post("/console/stops");
        assertThat(answer.statusCode()).isEqualTo(taken ? 303 : 403);
        if (taken) {
            assertThat(answer.header("Location")).contains("done=placed");
        } else {
            assertThat(answer.contentType()).startsWith("text/html");
        }
    }

    static Stream<String> wantedPaths() {
        return Stream.of("/console/decisions?agent=a+b&mode=AUTONOMOUS", "/console/decisions/0190-x");
    }

    @ParameterizedTest
    @MethodSource("wantedPaths")
    void signingInLeadsOn(String wanted) {
        assertThat(form().formParam("key", key("operator"))
                        .formParam("next", wanted)
                        .post("/console/sign-in")
                        .header("Location"))
                .endsWith(wanted);
    }

    @Test
    void everyAnswerBearsTheHeadersOfAPageThatTrustsNobody() {
        String session = session("operator");
        for (String path :
                List.of("/console/sign-in", "/console/stops", "/console/nothing", Asset.path("console.css"))) {
            Response answer = browser().cookie(COOKIE, session).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .isEqualTo(
                            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).as(path).isEqualTo("same-origin");
            assertThat(answer.headers().getValues("Cache-Control"))
                    .as(path)
                    .containsExactly(path.contains("/assets/") ? "public, max-age=31536000, immutable" : "no-store");
        }
        assertThat(browser().get("/console/assets/0/console.css").header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(browser().get("/console/assets/0/nothing.css").statusCode()).isEqualTo(404);
        assertThat(browser().get("/console/assets/../../stops").statusCode()).isNotEqualTo(200);
    }

    @Test
    void agentSeesTheDecisionsOfItsOwnAgentsOnly() {
        String mine = "bot-" + UUID.randomUUID();
        String key = TestKeys.create("agent " + mine, List.of("agent"), List.of(mine));
        String others = as("agent")
                .contentType("application/json")
                .body("""
                        {"action":{"id":"%s","type":"nobody.knows"},"agent":{"id":"somebody-else"},
                         "subject":{"type":"account","id":"A-1"}}""".formatted(UUID.randomUUID()))
                .post("/v1/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        String session = signIn(key).getCookie(COOKIE);
        assertThat(browser().cookie(COOKIE, session).get("/console/decisions").asString())
                .contains("Nothing has been decided yet")
                .doesNotContain("somebody-else");
        assertThat(browser()
                        .cookie(COOKIE, session)
                        .get("/console/decisions/" + others)
                        .statusCode())
                .isEqualTo(404);
    }
}
