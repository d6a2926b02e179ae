package io.leeway.console;

import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.leeway.api.TestKeys;
import io.leeway.testing.PostgresResource;
import io.leeway.testing.Story;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces and timelines in a real browser. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TracePagesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI service;

    private Browser browser;
    private final String run = UUID.randomUUID().toString();
    private final Set<String> staged = new HashSet<>();

    @BeforeEach
    void open() {
        browser = Browser.open(service);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void traceIsReachedFromADecisionAndShowsWhatLedToWhat() {
        String trace = "tr-" + run;
        JsonPath cause = decide("first-bot", "A-1-" + run, trace, null, "120.00");
        consume(cause);
        JsonPath effect = decide("second-bot", "A-2-" + run, trace, id(cause), "620.00");
        decide("third-bot", "A-3-" + run, trace, id(effect), "40.00");
        decide("first-bot", "A-4-" + run, trace, UUID.randomUUID().toString(), "1.00");
        Page page = browser.signedIn(key("compliance"), "/console/decisions/" + id(effect));
        page.locator("a[href^='/console/traces']").click();
        page.waitForURL("**/console/traces?id=*");
        assertThat(page.locator("h1").textContent()).contains(trace);
        assertThat(page.locator(".facts").textContent())
                .contains("781.00 proposed, 161.00 permitted, 120.00 carried out", "first-bot" + run + ", 2 decisions");
        assertThat(page.locator(".steps li").count()).isEqualTo(4);
        assertThat(page.locator(".steps li").nth(1).getAttribute("class")).contains("level-1", "human-in-the-loop");
        assertThat(page.locator(".steps li").nth(2).getAttribute("class")).contains("level-2");
        assertThat(page.locator(".steps li").nth(0).textContent()).contains("Carried out", "120.00 USD");
        assertThat(page.locator(".steps li").nth(3).textContent()).contains("a cause that is not recorded");
        Look.at(page, "trace");
        prints(page);
        page.locator(".steps a").first().click();
        page.waitForURL("**/console/decisions/" + id(cause));
        browser.isContent();
    }

    @Test
    void deepTraceStaysOnThePageAndGoesOnOnTheNext() {
        String trace = "deep-" + run;
        String parent = null;
        for (int i = 0; i < 103; i++) {
            parent = id(decide("deep-bot", "D-" + i + "-" + run, trace, parent, "1.00"));
        }
        Page page = browser.signedIn(key("operator"), "/console/traces?id=" + trace);
        assertThat(page.locator(".steps li").count()).isEqualTo(100);
        page.setViewportSize(360, 800);
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                .isLessThanOrEqualTo(360);
        page.getByText("Later ones").click();
        page.waitForURL("**after=*");
        assertThat(page.locator(".steps li").count()).isEqualTo(3);
        assertThat(page.locator(".steps li").first().textContent()).contains("Its cause is an earlier step");
        assertThat(page.locator(".facts").textContent()).contains("103");
        browser.isContent();
    }

    @Test
    void timelineIsReachedFromADecisionAndShowsStopsAmongDecisions() {
        String subject = "A-1-" + run;
        consume(decide("first-bot", subject, "tr-" + run, null, "120.00"));
        stop("account/" + subject, "The owner objects.");
        JsonPath held = decide("second-bot", subject, "tr-2-" + run, null, "30.00");
        Page page = browser.signedIn(key("operator"), "/console/decisions/" + id(held));
        page.locator("a[href^='/console/subjects']").click();
        page.waitForURL("**/console/subjects?type=account*");
        assertThat(page.locator(".timeline .what").allTextContents())
                .satisfiesExactly(
                        line -> assertThat(line).contains("billing.adjust was decided", "120.00 USD", "Autonomous"),
                        line -> assertThat(line).contains("billing.adjust was carried out"),
                        line -> assertThat(line).contains("Stopped: every action on account/" + subject),
                        line -> assertThat(line).contains("30.00 USD", "Human in control"));
        assertThat(page.locator(".timeline .why").nth(1).textContent()).isEqualTo("The owner objects.");
        Look.at(page, "timeline");
        prints(page);
        page.navigate("/console/subjects?type=account&id=nothing-" + run);
        assertThat(page.locator("main").textContent()).contains("Nothing happened to such a subject");
        Look.at(page, "timeline-empty");
        browser.isContent();
    }

    @Test
    void bothWorkWithoutScriptAndTakeWhateverIsWrittenForText() {
        String hostile = "\"><script>alert(2)</script>{7*7}' &amp; ü/" + run;
        decide("<img src=x onerror=alert(1)>", hostile, hostile, null, "5.00");
        stop(hostile, "<b>" + hostile);
        Page page = browser.window(false);
        page.navigate("/console/traces?id=" + encoded(hostile));
        page.getByLabel("Key").fill(key("compliance"));
        page.keyboard().press("Enter");
        page.waitForURL("**/console/traces?id=*");
        assertThat(page.locator("h1").textContent()).contains(hostile);
        assertThat(page.locator(".steps li").count()).isEqualTo(1);
        assertThat(page.locator("main script, main img").count()).isZero();
        page.navigate("/console/subjects?type=account&id=" + encoded(hostile));
        assertThat(page.locator("h1").textContent()).contains(hostile);
        assertThat(page.locator(".timeline li").count()).isEqualTo(2);
        assertThat(page.locator("main script, main img, main b b").count()).isZero();
    }

    @Test
    void whatIsNotThereOrNotForTheReaderIsSaidInWords() {
        Page page = browser.signedIn(key("policy-author"), "/console/traces?id=none-" + run);
        assertThat(page.locator("main").textContent()).contains("No decision belongs to such a trace");
        page.navigate("/console/subjects");
        assertThat(page.locator("main").textContent()).contains("names no subject");
        Page admin = browser.signedIn(TestKeys.admin(), "/console/traces?id=x");
        assertThat(admin.locator("main").textContent()).contains("No role of your key allows");
    }

    /** On paper nothing is left out but what can be pressed. */
    private static void prints(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".steps li, .timeline li").first().isVisible()).isTrue();
        assertThat(page.locator(".top nav").isVisible()).isFalse();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    private static String key(String... roles) {
        return TestKeys.create("Ada " + UUID.randomUUID().toString().substring(0, 8), List.of(roles), List.of());
    }

    private static String id(JsonPath verdict) {
        return verdict.getString("decisionId");
    }

    private JsonPath decide(String agent, String subject, String trace, @Nullable String parent, String amount) {
        String name = agent + run;
        if (staged.add(name)) {
            as("operator")
                    .contentType("application/json")
                    .body(Map.of("stage", "LIMITED", "reason", "earned"))
                    .put("/v1/stages/{agent}/{action}", name, "billing.adjust")
                    .then()
                    .statusCode(200);
        }
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(Story.of("fresh").proposal());
            ((ObjectNode) body.get("action")).put("id", UUID.randomUUID().toString());
            JsonNode money = body.at("/action/amount");
            ((ObjectNode) money).put("value", amount);
            ((ObjectNode) body.get("agent")).put("id", name);
            body.putObject("subject").put("type", "account").put("id", subject);
            ObjectNode chain = body.putObject("trace").put("id", trace).put("goal", "clear what is open");
            if (parent != null) {
                chain.put("parent", parent);
            }
            return as("agent")
                    .contentType("application/json")
                    .body(body.toString())
                    .post("/v1/decisions")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void consume(JsonPath verdict) {
        as("agent")
                .contentType("application/json")
                .body(Map.of("actionDigest", verdict.getString("actionDigest")))
                .post("/v1/permits/" + verdict.getString("permit.id") + "/consumption")
                .then()
                .statusCode(200);
    }

    private static void stop(String subject, String reason) {
        as("operator")
                .contentType("application/json")
                .body(Map.of("scope", Map.of("kind", "subject", "value", subject), "reason", reason))
                .post("/v1/stops")
                .then()
                .statusCode(201);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
