package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The machine's own Chromium. What it complains of, on any page and whenever, is kept. */
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Tells of what the content security policy kept from happening, which is an error of the page. */
    private static final String REPORT_VIOLATIONS = "document.addEventListener('securitypolicyviolation', violation =>"
            + " console.error('CSP: ' + violation.violatedDirective + ' ' + violation.blockedURI));";

    private static final Set<String> COMPLAINTS = Set.of("error", "warning", "assert");
    /** It looks at colours by drawing them. */
    private static final String OF_AXE = "Canvas2D: Multiple readback operations";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final URI service;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser, URI service) {
        this.playwright = playwright;
        this.browser = browser;
        this.service = service;
    }

    /** Starts it. Where there is none, the test is skipped. */
    static Browser open(URI service) {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            abort("no Chromium: install the Debian package `chromium`, or name one in LEEWAY_CHROMIUM");
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program.orElseThrow())
                                .setArgs(FLAGS)),
                service);
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv("LEEWAY_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .flatMap(Stream::ofNullable)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** An empty window of somebody who is not signed in. */
    Page window() {
        return window(true);
    }

    Page window(boolean script) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(service.toString())
                .setJavaScriptEnabled(script)
                .setViewportSize(1280, 800));
        context.setDefaultTimeout(30_000);
        context.addInitScript(REPORT_VIOLATIONS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (COMPLAINTS.contains(message.type()) && !message.text().startsWith(OF_AXE)) {
                complaints.add(page.url() + " " + message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " error: " + error));
        page.onRequestFailed(request -> {
            // Whoever goes on to another page ends what the first one was still asking for.
            if (!request.failure().contains("ERR_ABORTED")) {
                complaints.add(page.url() + " could not get " + request.url() + ": " + request.failure());
            }
        });
        page.onDialog(dialog -> {
            complaints.add(page.url() + " opened a dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    /** A window of whoever holds the key, at that path. */
    Page signedIn(String key, String path) {
        Page page = window();
        page.navigate(path);
        page.getByLabel("Key").fill(key);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/sign-in"));
        return page;
    }

    /** What it complained of so far, and forgets it. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    void isContent() {
        assertThat(complaints()).isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
