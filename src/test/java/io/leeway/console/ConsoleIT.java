package io.leeway.console;

import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.leeway.api.TestKeys;
import io.leeway.testing.PostgresResource;
import io.leeway.testing.Story;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, which must have nothing to complain of. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConsoleIT {
    /** Each would do something, or break something, if it were taken for anything but text. */
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=alert(1)>",
            "\"><script>alert(2)</script>",
            "' autofocus onfocus=alert(3) x='",
            "{7*7}{#for x in y}",
            "</main></body><h1>gone</h1>",
            "`<b>code</b>`");

    @TestHTTPResource("/")
    URI service;

    private Browser browser;

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

    private static String key(String... roles) {
        return TestKeys.create("Ada " + UUID.randomUUID().toString().substring(0, 8), List.of(roles), List.of());
    }

    private static String decide(String proposal) {
        return as("agent")
                .contentType("application/json")
                .body(proposal)
                .post("/v1/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    @Test
    void strangerSignsInAndIsWhereHeWantedToBe() {
        Page page = browser.window();
        page.navigate("/console/stops");
        assertThat(page.url()).contains("/console/sign-in?next=");
        Look.at(page, "sign-in");
        browser.isContent();
        page.getByLabel("Key").fill("leeway_nobody");
        button(page, "Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("does not have the form of a key");
        Look.at(page, "sign-in-refused");
        browser.complaints();
        page.getByLabel("Key").fill(key("operator"));
        button(page, "Sign in").click();
        page.waitForURL("**/console/stops");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                        .textContent())
                .isEqualTo("Stops");
        button(page, "Sign out").click();
        page.waitForURL("**/console/sign-in");
        page.goBack();
        page.reload();
        assertThat(page.url()).contains("/console/sign-in");
        browser.isContent();
    }

    @Test
    void decisionIsExplainedByTheRowOfTheSheetAsItsOwnerKnowsIt() {
        Story stale = Story.of("stale");
        String id = decide(stale.proposal());
        Page page = browser.signedIn(key("compliance"), "/console/decisions");
        field(page, "Agent").fill("billing-bot");
        page.getByLabel("Type of action").fill("billing.adjust");
        page.getByLabel("Type of action").press("Enter");
        page.waitForURL("**agent=billing-bot&action=billing.adjust**");
        Locator first = page.locator(".decisions a[href$='" + id + "']");
        Look.at(page, "decisions");
        first.click();
        page.waitForURL("**/console/decisions/" + id);
        assertThat(page.locator(".verdict").textContent())
                .contains("Human in the loop", "younger than 15 min", "billing-policy@example.com");
        assertThat(page.locator("#rule-FRESH-02 .conditions").first().textContent())
                .contains("Stale evidence", "3 h", "older than 15 min");
        Locator sheet = page.locator("#rule-FRESH-02 .sheet").first();
        assertThat(sheet.locator("caption").textContent()).contains("billing.xlsx", "Safeguards", "row 9");
        assertThat(sheet.locator("td.decided").allTextContents())
                .containsExactly("decided: billing.adjust", "decided: charge.record, 15 min");
        Look.at(page, "decision");
        browser.isContent();
    }

    @Test
    void nothingThatACallerWritesIsMoreThanText() {
        List<String> ids = new ArrayList<>();
        for (String hostile : HOSTILE) {
            ids.add(decide(hostile(hostile)));
        }
        Page page = browser.signedIn(key("compliance"), "/console/decisions");
        for (int i = 0; i < HOSTILE.size(); i++) {
            page.navigate("/console/decisions?rule=&agent=" + encoded(HOSTILE.get(i)));
            isOnlyText(page, HOSTILE.get(i));
            page.navigate("/console/decisions/" + ids.get(i));
            isOnlyText(page, HOSTILE.get(i));
            page.navigate("/console/sign-in?next=" + encoded(HOSTILE.get(i)));
            isOnlyText(page, "");
        }
        String operator =
                TestKeys.create("<script>alert(4)</script>" + UUID.randomUUID(), List.of("operator"), List.of());
        Page stops = browser.signedIn(operator, "/console/stops");
        isOnlyText(stops, "<script>alert(4)</script>");
        for (String hostile : HOSTILE) {
            place(hostile, hostile + UUID.randomUUID());
            stops.navigate("/console/stops");
            isOnlyText(stops, hostile);
            stops.locator("input[value=agent]").check();
            stops.getByLabel("Its name").fill(hostile);
            field(stops, "Why").fill(hostile);
            stops.locator("#held .held").waitFor();
            button(stops, "Look at what it will hold…").click();
            stops.waitForURL("**/review");
            isOnlyText(stops, hostile.replace("`", ""));
        }
        browser.isContent();
    }

    private static void isOnlyText(Page page, String hostile) {
        assertThat(page.locator("body").textContent()).contains(hostile.replace("`", ""));
        assertThat(page.evaluate("document.querySelectorAll('main').length")).isEqualTo(1);
        assertThat(
                        page.evaluate(
                                "document.querySelectorAll('img[src=x], [onerror], [onfocus], script:not([src]), main b > b').length"))
                .isEqualTo(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String hostile(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return """
                {"action":{"id":"%1$s","type":"%2$s","summary":"%2$s"},
                 "agent":{"id":"%2$s","operator":"%2$s","onBehalfOf":"%2$s"},
                 "subject":{"type":"%2$s","id":"%2$s"},
                 "evidence":[{"name":"%2$s","source":"%2$s","schema":"%2$s","lineage":["%2$s"]}],
                 "trace":{"id":"%2$s","goal":"%2$s"}}""".formatted(UUID.randomUUID(), quoted);
    }

    private static String place(String reason, String agent) {
        return as("operator")
                .contentType("application/json")
                .body(Map.of("scope", Map.of("kind", "agent", "value", agent), "reason", reason))
                .post("/v1/stops")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void onePersonStopsAndTwoPeopleRelease() {
        String agent = "bot-" + UUID.randomUUID();
        decide(Story.of("fresh").proposal().replace("billing-bot", agent));
        Page first = browser.signedIn(key("operator"), "/console/stops");
        Look.at(first, "stops-calm");
        field(first, "Agent").check();
        first.getByLabel("Its name").fill(agent);
        field(first, "Why").fill("It reverses charges that were right.");
        assertThat(first.locator("#held .held").textContent()).contains(agent, "billing.adjust");
        Look.at(first, "stops-form");
        button(first, "Look at what it will hold…").click();
        first.waitForURL("**/review");
        assertThat(first.locator("h1").textContent()).contains("Stop every action of the agent " + agent);
        Look.at(first, "stop-review");
        button(first, "Stop now").click();
        first.waitForURL("**/console/stops?done=placed#*");
        assertThat(first.getByRole(AriaRole.STATUS).textContent()).contains("The stop holds");
        assertThat(as("agent")
                        .contentType("application/json")
                        .body(Story.of("fresh").proposal().replace("billing-bot", agent))
                        .post("/v1/decisions")
                        .jsonPath()
                        .getString("directive"))
                .isEqualTo("HALT");
        release(first, agent, "The cause is found.", "Ask for its release");
        first.waitForURL("**/console/stops?done=asked#*");
        assertThat(card(first, agent).textContent()).contains("until somebody else agrees");
        assertThat(card(first, agent).getByText("Ask for its release").count()).isZero();
        Look.at(first, "stops");
        Page second = browser.signedIn(key("operator"), "/console/stops");
        release(second, agent, "I looked at it too.", "Release it");
        second.waitForURL("**/console/stops?done=released#*");
        assertThat(card(second, agent).count()).isZero();
        assertThat(second.locator(".released").textContent()).contains(agent, "I looked at it too.");
        browser.isContent();
    }

    @Test
    void aStopMayLetGoWhatAPersonApprovesAndShowsWhoKnowsOfIt() {
        String agent = "bot-" + UUID.randomUUID();
        Page page = browser.signedIn(key("operator"), "/console/stops");
        field(page, "Agent").check();
        page.getByLabel("Its name").fill(agent);
        page.getByLabel("Approve all").check();
        field(page, "Why").fill("Watch it closely.");
        button(page, "Look at what it will hold…").click();
        page.waitForURL("**/review");
        assertThat(page.locator(".review").textContent()).contains("at least human in the loop");
        button(page, "Stop now").click();
        page.waitForURL("**/console/stops?done=placed#*");
        assertThat(card(page, agent).textContent()).contains("Approve all");
        String id = as("operator")
                .get("/v1/stops")
                .jsonPath()
                .getString("items.find { it.scope.value == '" + agent + "' }.id");
        letGoFirst(page, agent, "billing.note");
        card(page, agent).getByText("Who knows of it").click();
        page.waitForURL("**/console/stops/" + id);
        assertThat(page.locator("main").textContent())
                .contains("Stop of every action of the agent " + agent, "Too early to tell")
                .contains("Let go first: action billing.note");
        Look.at(page, "stop");
        as("agent")
                .contentType("application/json")
                .body(Map.of("agent", agent))
                .post("/v1/stops/" + id + "/acknowledgement")
                .then()
                .statusCode(200);
        page.reload();
        assertThat(page.locator("main").textContent()).contains("Confirmed", "Acknowledged by");
        release(page, agent, "Calm again.", "Ask for its release");
        browser.isContent();
    }

    /** One person asks for a part, after one that is none; another one sees it and agrees. */
    private void letGoFirst(Page first, String agent, String action) {
        Locator card = card(first, agent);
        for (String part : List.of("*", action)) {
            card.getByText("Let a part go first…").click();
            card.getByLabel("What goes first").selectOption("action");
            card.getByLabel("The name of that part").fill(part);
            card.getByLabel("Why may that part go first?").fill("Notes are harmless.");
            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask for that part"))
                    .click();
            first.getByRole(part.equals("*") ? AriaRole.ALERT : AriaRole.STATUS).waitFor();
        }
        // The browser notes that one part was refused.
        browser.complaints();
        assertThat(first.url()).contains("done=part-asked");
        assertThat(card.textContent()).contains("That part is held until somebody else agrees");
        Page second = browser.signedIn(key("operator"), "/console/stops");
        Locator seen = card(second, agent);
        assertThat(seen.textContent()).contains("asked to let go first: action " + action, "Notes are harmless.");
        seen.getByText("Agree to let that part go…").click();
        seen.getByLabel("Why may that part go?").fill("So they are.");
        Look.at(second, "stop-part");
        seen.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Let that part go"))
                .click();
        second.waitForURL("**/console/stops?done=narrowed#*");
        assertThat(card(second, agent).textContent()).contains("Let go first: action " + action);
    }

    @Test
    void aDrillIsBegunAndEndedByOnePerson() {
        String agent = "bot-" + UUID.randomUUID();
        Page page = browser.signedIn(key("operator"), "/console/stops");
        field(page, "Agent").check();
        page.getByLabel("Its name").fill(agent);
        page.getByLabel("Only a drill").check();
        field(page, "Why").fill("The quarterly drill.");
        button(page, "Look at what it will hold…").click();
        page.waitForURL("**/review");
        Look.at(page, "drill-review");
        button(page, "Begin the drill").click();
        page.waitForURL("**/console/stops?done=begun#*");
        assertThat(page.locator("main").textContent()).contains("drill is under way");
        release(page, agent, "Everybody answered.", "End it");
        page.waitForURL("**/console/stops?done=ended#*");
        assertThat(card(page, agent).count()).isZero();
        browser.isContent();
    }

    private static Locator card(Page page, String agent) {
        return page.locator(".stop", new Page.LocatorOptions().setHasText(agent));
    }

    private static void release(Page page, String agent, String reason, String button) {
        Locator card = card(page, agent);
        card.locator(".release:not(.part) summary").click();
        card.getByLabel("Why may it go?").fill(reason);
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }

    @Test
    void everythingWorksWithoutScript() {
        String agent = "bot-" + UUID.randomUUID();
        Page page = browser.window(false);
        page.navigate("/console/stops");
        page.getByLabel("Key").fill(key("operator"));
        button(page, "Sign in").click();
        field(page, "Agent").check();
        page.getByLabel("Its name").fill(agent);
        field(page, "Why").fill("No script here.");
        button(page, "Look at what it will hold…").click();
        assertThat(page.locator(".held").textContent()).contains("No decision so far");
        button(page, "Stop now").click();
        release(page, agent, "Done.", "Ask for its release");
        assertThat(card(page, agent).textContent()).contains("asked for its release");
        page.navigate("/console/decisions?agent=" + agent);
        assertThat(page.locator("#found").textContent()).contains("No decision is like that");
    }

    @Test
    void keyboardAloneIsEnoughAndShowsWhereItIs() {
        String agent = "bot-" + UUID.randomUUID();
        Page page = browser.window();
        page.navigate("/console/stops");
        page.keyboard().type(key("operator"));
        page.keyboard().press("Enter");
        page.waitForURL("**/console/stops");
        tabTo(page, "input[name=kind]");
        page.keyboard().press("ArrowRight");
        tabTo(page, "#value");
        page.keyboard().type(agent);
        tabTo(page, "#reason");
        page.keyboard().type("By keyboard.");
        page.keyboard().press("Enter");
        page.waitForURL("**/review");
        tabTo(page, "main button");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/stops?done=placed#*");
        tabTo(page, "summary");
        page.keyboard().press("Enter");
        tabTo(page, ".release input");
        page.keyboard().type("Enough.");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/stops?done=asked#*");
        browser.isContent();
    }

    /** Every stop on the way shows that it is there. */
    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("outline of %s", page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
                    .isNotEqualTo("none");
            if ((Boolean) page.evaluate("selector => document.activeElement.matches(selector)", selector)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }

    @Test
    void whatIsNotThereOrNotForTheReaderIsSaidInWords() {
        Page page = browser.signedIn(key("operator"), "/console/nothing");
        assertThat(page.locator("h1").textContent()).isEqualTo("There is nothing here");
        Look.at(page, "nothing");
        page.navigate("/console/decisions/" + UUID.randomUUID());
        assertThat(page.locator("main").textContent()).contains("There is no such decision");
        Page admin = browser.signedIn(TestKeys.admin(), "/console");
        assertThat(admin.locator("main").textContent()).contains("nothing in the console is open to it");
        admin.navigate("/console/stops");
        assertThat(admin.locator("main").textContent()).contains("No role of your key allows");
    }
}
