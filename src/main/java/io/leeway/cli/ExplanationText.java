package io.leeway.cli;

import io.leeway.model.Proposal;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.ConditionReading;
import io.leeway.policy.explain.RowReading;
import io.leeway.policy.proof.Trial;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a policy says of one proposal, row by row: matches, near misses, the rest, and what would have helped. */
final class ExplanationText {
    private ExplanationText() {}

    /** @param proposal with what is derived */
    static String of(CompiledPolicy policy, Proposal proposal) {
        StringBuilder text = new StringBuilder();
        Trial trial = Trial.of(policy, proposal);
        text.append(trial.answer().words().toUpperCase(Locale.ROOT))
                .append("  ")
                .append(trial.reason())
                .append("\n");
        List<RowReading> readings = policy.tables().rows().stream()
                .map(row -> RowReading.of(row, proposal))
                .toList();
        section(text, "MATCHED", readings.stream().filter(RowReading::matches).map(ExplanationText::matched));
        trial.evaluation()
                .guardrails()
                .forEach(match -> text.append(
                        "  " + match.rule() + "  a DRL rule: " + match.outcome().because() + "\n"));
        section(text, "NEARLY", readings.stream().filter(RowReading::isNearMiss).map(ExplanationText::missed));
        section(
                text,
                "NOT",
                readings.stream()
                        .filter(reading -> !reading.matches() && !reading.isNearMiss())
                        .map(reading ->
                                heading(reading) + ": " + reading.obstacles().size() + " conditions do not hold\n"));
        Counterfactuals found = Counterfactuals.of(policy, proposal);
        section(text, "LESS STRICT", found.changes().stream().map(one -> "  " + one.sentence() + "\n"));
        if (!found.complete()) {
            text.append("  the search was cut short: there may be other changes\n");
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String title, Stream<String> paragraphs) {
        List<String> all = paragraphs.toList();
        if (!all.isEmpty()) {
            text.append(title).append('\n');
            all.forEach(text::append);
        }
    }

    private static String heading(RowReading reading) {
        return "  " + reading.row().id() + "  " + reading.effect() + "  "
                + reading.row().place();
    }

    private static String matched(RowReading reading) {
        StringBuilder lines = new StringBuilder(heading(reading) + "\n");
        for (ConditionReading condition : reading.conditions()) {
            lines.append("    ").append(condition.sentence()).append('\n');
        }
        return lines.toString();
    }

    private static String missed(RowReading reading) {
        StringBuilder lines = new StringBuilder(heading(reading) + "\n");
        reading.obstacles().forEach(line -> lines.append("    ").append(line).append('\n'));
        return lines.toString();
    }
}
