package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.leeway.api.TestKeys;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a changed sheet to what is in force and back, through the pages. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublishingIT {
    private static final String ACTIONS = """
            Actions
            Type,Meaning,Amount,Required evidence,Attributes
            %1$s.do,Something more,required,,
            """;
    private static final String TABLE = """
            Extra work %1$s
            Owner,extra@example.com
            May act,Extra work %1$s
            Id,Action,Currency,Amount up to,Reversible,Mode,Because
            %1$s-01,%1$s.do,USD,%2$s,TRUE,%3$s,Small extra work is the agent's.
            """;
    private static final String TESTS = """
            Tests
            Id,action.type,action.currency,action.amount,action.reversible,action.confidence,expect.mode
            %1$s-T1,%1$s.do,USD,500,TRUE,0.99,Autonomous
            %1$s-T2,%1$s.do,USD,501,TRUE,0.99,Human in control
            """;

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

    private static String key(String name, String... roles) {
        return TestKeys.create(name + " " + UUID.randomUUID().toString().substring(0, 8), List.of(roles), List.of());
    }

    private static FilePayload file(String name, String text) {
        return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void propose(Page page, String message, FilePayload... files) {
        page.navigate("/console/policies");
        page.locator("#file").setInputFiles(files);
        page.getByLabel("What it is for").fill(message);
        button(page, "Check and propose").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void changeIsProposedReadApprovedPutInForceAndTakenBack() {
        String name = "x" + UUID.randomUUID().toString().substring(0, 6);
        Page author = browser.signedIn(key("Ada", "policy-author"), "/console/policies");
        String before = author.locator(".version.active b").textContent();
        Look.at(author, "policies");
        propose(
                author,
                "Extra work by the agent",
                file(name + "-actions.csv", ACTIONS.formatted(name)),
                file(name + ".csv", TABLE.formatted(name, "500", "Autonomous")),
                file(name + "-tests.csv", TESTS.formatted(name)));
        author.waitForURL(url -> url.matches(".*/console/policies/[0-9-]+\\.[0-9]+"));
        String version = author.url().replaceAll(".*/", "");
        assertThat(author.locator("main").textContent()).contains("Some get more leeway", "You are its author");
        assertThat(author.locator(".next button").count()).isZero();
        author.locator("#changes h3").first().waitFor();
        assertThat(author.locator("#changes").textContent())
                .contains("Who gets more leeway", name + "-01", "Cell by cell", name + ".csv");
        Look.at(author, "policy-own");
        button(author, "Decide them again").click();
        author.waitForURL("**/replays/*");
        author.locator(".matrix").waitFor();
        assertThat(author.locator("main").textContent()).contains("recorded decisions were decided again");
        Look.at(author, "replay");

        for (String person : List.of("Bea", "Ben")) {
            Page approver = browser.signedIn(key(person, "policy-approver"), "/console/policies/" + version);
            approver.getByLabel("Why is it right?").fill("Agreed with finance.");
            if (person.equals("Bea")) {
                Look.at(approver, "policy-approve");
            }
            button(approver, "Approve").click();
            approver.waitForURL("**?done=approved");
            if (person.equals("Bea")) {
                assertThat(approver.locator(".next").textContent()).contains("You have approved it");
            } else {
                button(approver, "Put it in force").click();
                approver.waitForURL("**?done=active");
                assertThat(approver.locator("h1").textContent()).contains(version, "In force");
                approver.navigate("/console/policies/" + before);
                approver.getByLabel("Why return to it?").fill("That was only a test.");
                button(approver, "Return to it").click();
                approver.waitForURL("**/" + before + "?done=active");
                approver.navigate("/console/policies");
                assertThat(approver.locator(".version.active b").textContent()).isEqualTo(before);
            }
        }
        browser.isContent();
    }

    @Test
    void mistakesAreShownInTheCellsWhereTheyAre() {
        String name = "y" + UUID.randomUUID().toString().substring(0, 6);
        Page author = browser.signedIn(key("Ada", "policy-author"), "/console/policies");
        propose(
                author,
                "With mistakes",
                file(name + "-actions.csv", ACTIONS.formatted(name)),
                file(name + ".csv", TABLE.formatted(name, "plenty", "<img src=x onerror=alert(1)>")));
        author.waitForURL(url -> url.matches(".*/console/policies/[0-9-]+\\.[0-9]+"));
        assertThat(author.locator(".next").textContent()).contains("It cannot come into force");
        Locator row = author.locator(".finding", new Page.LocatorOptions().setHasText("plenty"));
        assertThat(row.locator("td.found-error").count()).isEqualTo(2);
        assertThat(row.locator("td[data-column=D].found-error").textContent()).contains("plenty");
        assertThat(row.textContent()).contains("<img src=x onerror=alert(1)>");
        assertThat(author.evaluate("document.querySelectorAll('img[src=x]').length"))
                .isEqualTo(0);
        Look.at(author, "policy-mistakes");
        browser.isContent();
    }

    @Test
    void uploadThatCannotBecomeAVersionIsSaidBesideItsForm() {
        Page author = browser.signedIn(key("Ada", "policy-author"), "/console/policies");
        propose(author, "Code", file("rules.drl", "rule \"x\" when then end"));
        assertThat(author.getByRole(AriaRole.ALERT).first().textContent()).contains("is code");
        assertThat(author.getByLabel("What it is for").inputValue()).isEqualTo("Code");
        propose(author, "Nothing");
        assertThat(author.getByRole(AriaRole.ALERT).first().textContent()).contains("at least one file");
        Page reader = browser.signedIn(key("Cleo", "compliance"), "/console/policies");
        assertThat(reader.locator("#file").count()).isZero();
    }

    @Test
    void fileOfAVersionComesByteForByte() {
        Page reader = browser.signedIn(key("Cleo", "compliance"), "/console/policies");
        reader.locator(".version.active").click();
        var download = reader.waitForDownload(
                () -> reader.getByText("billing.xlsx", new Page.GetByTextOptions().setExact(true))
                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("billing.xlsx");
        assertThat(download.path()).hasSameBinaryContentAs(java.nio.file.Path.of("decision-tables/billing.xlsx"));
    }
}
