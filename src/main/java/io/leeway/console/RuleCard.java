package io.leeway.console;

import io.leeway.model.MatchedRule;
import io.leeway.model.Proposal;
import io.leeway.model.RuleSource;
import io.leeway.policy.explain.RecordedCondition;
import io.leeway.policy.table.Excerpts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule that spoke.
 *
 * @param sheet its row; null for DRL, stages and stops
 * @param conditions limit against actual, in words
 */
record RuleCard(MatchedRule rule, @Nullable SheetView sheet, List<Line> conditions) {
    RuleCard {
        conditions = List.copyOf(conditions);
    }

    /** @param label what stands over its column, {@code ""} when that is not known */
    record Line(String cell, String label, String found, String asked) {}

    /**
     * @param sent as it was sent
     * @param excerpts of the version's files
     */
    static RuleCard of(MatchedRule rule, Proposal sent, Excerpts excerpts) {
        RuleSource source = rule.source();
        SheetView sheet = SheetView.of(rule, source == null ? Optional.empty() : excerpts.of(source))
                .orElse(null);
        List<Line> lines = rule.conditions().stream()
                .map(condition -> RecordedCondition.of(condition, sent))
                .map(words -> new Line(
                        words.cell(), sheet == null ? "" : sheet.labelOf(words.cell()), words.found(), words.asked()))
                .toList();
        return new RuleCard(rule, sheet, lines);
    }

    /** {@code billing.xlsx › Limits}; {@code ""} for a stage or a stop. */
    public String place() {
        RuleSource source = rule.source();
        return source == null
                ? ""
                : Stream.of(source.file(), source.sheet())
                        .filter(part -> part != null)
                        .collect(Collectors.joining(" › "));
    }
}
