package io.leeway.cli;

import io.leeway.model.Proposal;
import io.leeway.policy.Finding;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.explain.ProposalText;
import io.leeway.policy.table.Excerpts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings for people at a terminal: what, where with the row drawn, how to mend it.
 *
 * <pre>
 * error: unknown mode `Autonomus`, did you mean `Autonomous`?
 *  --> billing.xlsx › Remit › E11
 *    |
 *    |  A       B               E          F
 *    |  Id      Action          Mode       Because
 * 11 |  REM-01  billing.adjust  Autonomus  Small corrections are the agent's remit.
 *    |                          ^^^^^^^^^
 *    = help: modes are Autonomous, Human in the loop, Human in control
 *    = docs/findings.md#unknown-mode
 * </pre>
 */
final class FindingText {
    private final Excerpts excerpts;
    private final Map<Finding, Proposal> witnesses;
    private final boolean colour;

    /** @param witnesses proposals that show findings */
    FindingText(Excerpts excerpts, Map<Finding, Proposal> witnesses, boolean colour) {
        this.excerpts = excerpts;
        this.witnesses = witnesses;
        this.colour = colour;
    }

    /** All of them, and how many there are. */
    String all(List<Finding> findings, int files) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(one(finding)).append('\n'));
        return text.append(summary(findings, files)).append('\n').toString();
    }

    private String one(Finding finding) {
        String severity = noun(finding.severity());
        StringBuilder text = new StringBuilder();
        text.append(painted(severity, finding.severity()))
                .append(": ")
                .append(colour ? "\u001b[1m" : "")
                .append(Printable.of(finding.message()))
                .append(colour ? "\u001b[0m" : "")
                .append('\n');
        ExcerptText drawn = excerpts.of(finding)
                .map(it -> new ExcerptText(it, finding.message()))
                .orElse(null);
        String margin = drawn == null ? "  " : " ".repeat(drawn.margin());
        if (!finding.place().isEmpty()) {
            text.append(margin.substring(1))
                    .append("--> ")
                    .append(Printable.of(finding.place()))
                    .append('\n');
        }
        if (drawn != null) {
            drawn.lines(caret -> painted(caret, finding.severity()))
                    .forEach(line -> text.append(line).append('\n'));
        }
        Proposal witness = witnesses.get(finding);
        if (witness != null) {
            text.append(margin)
                    .append("= shown by: ")
                    .append(Printable.of(ProposalText.line(witness)))
                    .append('\n');
        }
        if (!finding.help().isBlank()) {
            text.append(margin)
                    .append("= help: ")
                    .append(Printable.of(finding.help()))
                    .append('\n');
        }
        return text.append(margin)
                .append("= ")
                .append(finding.docs())
                .append('\n')
                .toString();
    }

    private String summary(List<Finding> findings, int files) {
        String counts = Stream.of(Severity.values())
                .map(severity -> counted(
                        findings.stream()
                                .filter(it -> it.severity() == severity)
                                .count(),
                        noun(severity)))
                .filter(it -> !it.startsWith("0 "))
                .collect(Collectors.joining(", "));
        return (counts.isEmpty() ? "no findings" : counts) + " in " + counted(files, "file");
    }

    private static String noun(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String painted(String text, Severity severity) {
        int code = switch (severity) {
            case ERROR -> 31;
            case WARNING -> 33;
            case INFO -> 36;
        };
        return colour ? "\u001b[1;" + code + "m" + text + "\u001b[0m" : text;
    }
}
