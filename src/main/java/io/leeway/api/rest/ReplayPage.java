package io.leeway.api.rest;

import io.leeway.evidence.CausingRule;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.ledger.Hashes;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.policy.VerdictBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a replay came to, as a page to read and to print: no script, nothing loaded from anywhere. */
final class ReplayPage {
    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; color: #1c2430; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            h1 { font-size: 1.5rem; margin-bottom: .25rem } h2 { font-size: 1.15rem; margin-top: 2rem }
            p { margin: .4rem 0 } .quiet { color: #5a6472; overflow-wrap: anywhere }
            table { border-collapse: collapse; width: 100%; margin-top: .5rem; break-inside: auto }
            caption { text-align: left; color: #5a6472; padding-bottom: .3rem }
            th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d6dbe2; overflow-wrap: anywhere }
            thead th { border-bottom: 2px solid #1c2430 } .number { text-align: right; font-variant-numeric: tabular-nums }
            .same { color: #5a6472 } .more { background: #fdecea; font-weight: 600 } .less { background: #eaf2fd; font-weight: 600 }
            .scroll { overflow-x: auto } tr { break-inside: avoid } thead { display: table-header-group }
            @page { margin: 16mm } @media print { body { font-size: 10pt; margin: 0; max-width: none }
              .more, .less { print-color-adjust: exact; -webkit-print-color-adjust: exact } .scroll { overflow: visible } }
            """;

    /** Lets the page have its own style, and nothing else at all. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Hashes.sha256(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ReplayResult result;
    private final StringBuilder page = new StringBuilder();

    private ReplayPage(ReplayResult result) {
        this.result = result;
    }

    static String of(ReplayResult result) {
        return new ReplayPage(result).page();
    }

    private String page() {
        String title = "Replay of policy version " + result.policy().version();
        add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>", text(title), "</title>");
        add(
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>",
                STYLE,
                "</style></head>");
        add("<body><main><h1>", text(title), "</h1>");
        add("<p class=\"quiet\">", text(result.policy().digest()), "</p>");
        add("<p>", text(summary()), "</p>");
        matrix();
        changes("More leeway", result.loosened(), "No recorded decision would have got more leeway.");
        changes("Less leeway", result.tightened(), "No recorded decision would have got less leeway.");
        notReplayed();
        add("</main></body></html>\n");
        return page.toString();
    }

    private String summary() {
        String taken = result.decisions() == result.inRange()
                ? "All " + result.decisions() + " decisions"
                : "The newest " + result.decisions() + " of " + result.inRange() + " decisions";
        String money = result.newlyAutonomous().isEmpty()
                ? "No amount would newly have moved without a person."
                : "Newly moved without a person: " + Csv.money(result.newlyAutonomous()) + ".";
        return taken + " in the ledger's entries " + result.from() + " up to, and without, " + result.to()
                + " were decided again on the facts as recorded. " + result.changed() + " come out otherwise. " + money;
    }

    private void matrix() {
        add(
                "<h2>Modes</h2><div class=\"scroll\"><table><caption>Decisions by the mode that was recorded, and the mode");
        add(" under this version</caption><thead><tr><th scope=\"col\">Recorded</th>");
        for (Mode to : Mode.values()) {
            add("<th scope=\"col\" class=\"number\">", text(VerdictBuilder.words(to)), "</th>");
        }
        add("</tr></thead><tbody>");
        result.matrix().forEach((from, row) -> {
            add("<tr><th scope=\"row\">", text(VerdictBuilder.words(from)), "</th>");
            row.forEach((to, decisions) ->
                    add("<td class=\"number ", shade(from, to, decisions), "\">", Long.toString(decisions), "</td>"));
            add("</tr>");
        });
        add("</tbody></table></div>");
    }

    private static String shade(Mode from, Mode to, long decisions) {
        if (from == to || decisions == 0) {
            return "same";
        }
        return to.compareTo(from) < 0 ? "more" : "less";
    }

    private void changes(String title, List<Change> changes, String none) {
        add("<h2>", text(title), "</h2>");
        if (changes.isEmpty()) {
            add("<p>", text(none), "</p>");
            return;
        }
        add("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">From, to</th><th scope=\"col\">Because of</th>");
        add(
                "<th scope=\"col\" class=\"number\">Decisions</th><th scope=\"col\">Amounts</th><th scope=\"col\">Agents</th>");
        add("<th scope=\"col\">Samples</th></tr></thead><tbody>");
        changes.forEach(this::change);
        add("</tbody></table></div>");
    }

    private void change(Change change) {
        add("<tr><td>", text(words(change.from())), " → ", text(words(change.to())), "</td><td>");
        add(
                change.rules().isEmpty()
                        ? "Other causes, too many to tell apart"
                        : change.rules().stream().map(ReplayPage::rule).collect(Collectors.joining("<br>")));
        add("</td><td class=\"number\">", Long.toString(change.decisions()), "</td><td>");
        add(lines(change.money().entrySet().stream()
                .map(it -> it.getValue().toPlainString() + " " + it.getKey())
                .toList()));
        add(
                "</td><td>",
                change.agents().exact() ? "" : "at least ",
                Long.toString(change.agents().count()),
                ": ");
        add(text(String.join(", ", change.agents().first())));
        add(change.agents().count() > change.agents().first().size() ? ", …" : "", "</td><td class=\"quiet\">");
        add(lines(change.samples().stream().map(UUID::toString).toList()), "</td></tr>");
    }

    private static String rule(CausingRule rule) {
        String says = switch (rule.effect()) {
            case GRANT -> "grants " + VerdictBuilder.words(rule.mode());
            case REQUIRE -> "requires " + VerdictBuilder.words(rule.mode());
            case PROHIBIT -> "prohibits it";
        };
        String when = rule.side() == CausingRule.Side.RECORDED ? "no longer: " : "now: ";
        return text(when) + "<strong>" + text(rule.rule()) + "</strong> " + text(says) + " <span class=\"quiet\">"
                + text(Csv.place(rule.source())) + "</span>";
    }

    private static String words(@Nullable Answer answer) {
        if (answer == null) {
            return "…";
        }
        return answer.directive() == Directive.HALT ? "Prohibited" : VerdictBuilder.words(answer.mode());
    }

    private void notReplayed() {
        Map<ReplayResult.NotReplayed, Long> left = result.notReplayed();
        add("<h2>Not replayed</h2>");
        if (left.isEmpty()) {
            add("<p>Every decision could be replayed.</p>");
            return;
        }
        add("<ul>");
        left.forEach((reason, decisions) -> add("<li>", Long.toString(decisions), ": ", text(reason.words()), "</li>"));
        add("</ul>");
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(ReplayPage::text).collect(Collectors.joining("<br>"));
    }

    private void add(String... parts) {
        for (String part : parts) {
            page.append(part);
        }
    }

    /** For elements and quoted attributes alike. */
    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
