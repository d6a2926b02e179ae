package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A look at a page as people come to it: on a desk and on a phone, by day and by night. Pictures go to {@code
 * target/screenshots}.
 */
final class Look {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String AXE = axe();
    private static final List<Integer> WIDTHS = List.of(1280, 360);

    private Look() {}

    /** It is never wider than its window, axe finds nothing, and every field and button is large enough for a thumb. */
    static void at(Page page, String name) {
        List<String> faults = new ArrayList<>();
        for (int width : WIDTHS) {
            page.setViewportSize(width, 800);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String look = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(look + ".png"))
                        .setFullPage(true));
                axe(page).forEach(fault -> faults.add(look + ": " + fault));
            }
            int needed = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
            if (needed > width) {
                faults.add(name + " is " + needed + " pixels wide in a window of " + width);
            }
        }
        page.setViewportSize(1280, 800);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(faults).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<String> axe(Page page) {
        page.evaluate(AXE);
        Map<String, Object> result = (Map<String, Object>) page.evaluate(
                "() => axe.run().then(found => ({ passes: found.passes.length, violations: found.violations.map(violation =>"
                        + " violation.id + ': ' + violation.help + ' ' + violation.nodes.map(node => node.target + ' '"
                        + " + (node.any[0] || node.all[0] || node.none[0] || {}).message).join('; ')) }))");
        assertThat((Integer) result.get("passes"))
                .as("rules that axe could apply")
                .isGreaterThan(10);
        return (List<String>) result.get("violations");
    }

    private static String axe() {
        try (InputStream script = Look.class
                .getClassLoader()
                .getResourceAsStream("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
