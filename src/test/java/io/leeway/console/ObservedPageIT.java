package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.leeway.api.ObservedKey;
import io.leeway.api.TestKeys;
import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of what would have been stopped, as an operator comes to it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ObservedPageIT {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

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

    @Test
    void rowsAreToldWithWhatTheyWouldHaveStopped() {
        ObservedKey platform = ObservedKey.observed(Duration.ofDays(7));
        String decision =
                platform.decide(SmallSelection.next().agent(HOSTILE).json()).getString("decisionId");
        String operator = TestKeys.create("page operator", List.of("operator"), List.of());
        Page page = browser.signedIn(operator, "/console/decisions");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Observed").setExact(true))
                .click();
        page.waitForURL("**/console/observed");
        assertThat(page.locator("article.example").first().textContent())
                .contains("The agent's stage", " USD", HOSTILE, "by nothing else");
        assertThat(page.evaluate("document.querySelectorAll('img[src=x]').length"))
                .isEqualTo(0);
        Look.at(page, "observed");

        page.getByLabel("Before").fill("2020-01-01T00:00");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();
        page.waitForURL("**to=2020-01-01**");
        assertThat(page.locator("main").textContent()).contains("No decision was only observed in that time");
        page.navigate("/console/observed?from=yesterday");
        assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("yesterday");
        browser.complaints();

        page.navigate("/console/observed");
        page.locator("a[href$='" + decision + "']").first().click();
        page.waitForURL("**/console/decisions/" + decision);
        assertThat(page.locator(".verdict").textContent()).contains("Human in the loop", "This binds nobody");
        page.navigate("/console/decisions?enforced=true");
        assertThat(page.locator(".decisions a[href$='" + decision + "']").count())
                .isZero();
        page.getByLabel("Enforced").selectOption("false");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search"))
                .click();
        page.waitForURL("**enforced=false**");
        page.locator(".decisions a[href$='" + decision + "']").waitFor();
        assertThat(page.locator(".decisions a[href$='" + decision + "']").textContent())
                .contains("Only observed");
        browser.isContent();
    }
}
