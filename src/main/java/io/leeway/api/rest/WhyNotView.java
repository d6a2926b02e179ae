package io.leeway.api.rest;

import io.leeway.evidence.WhyNot;
import io.leeway.model.Effect;
import io.leeway.model.MatchedCondition;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import io.leeway.policy.Explanation;
import io.leeway.policy.Row;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.ConditionReading;
import io.leeway.policy.explain.NearMisses;
import io.leeway.policy.explain.RowReading;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Near misses and nearest changes on the wire. */
final class WhyNotView {
    private WhyNotView() {}

    /** Null when they cannot be known. */
    static @Nullable List<NearMissView> nearMisses(@Nullable WhyNot whyNot) {
        NearMisses misses = whyNot == null ? null : whyNot.nearMisses();
        return misses == null
                ? null
                : misses.nearest().stream().map(NearMissView::of).toList();
    }

    /** Null when they cannot be known. */
    static @Nullable List<CounterfactualView> counterfactuals(@Nullable WhyNot whyNot) {
        Counterfactuals found = whyNot == null ? null : whyNot.counterfactuals();
        return found == null
                ? null
                : found.changes().stream().map(CounterfactualView::of).toList();
    }

    /** Null when nothing is left out. */
    static @Nullable String incomplete(@Nullable WhyNot whyNot) {
        return whyNot == null || whyNot.incomplete().isEmpty() ? null : whyNot.incomplete();
    }

    @Schema(name = "NearMiss", description = "A row that one condition, or the date alone, kept from matching.")
    record NearMissView(
            String rule,
            Effect effect,

            @Schema(description = "what it would have granted or required")
            Mode mode,

            String table,
            String because,
            String owner,
            RuleSource source,

            @Schema(description = "those that failed; none when the row does not count on that day")
            List<FailedConditionView> conditions,

            String text) {
        static NearMissView of(RowReading reading) {
            Row row = reading.row();
            return new NearMissView(
                    row.id(),
                    row.outcome().effect(),
                    row.outcome().mode(),
                    row.table(),
                    row.outcome().because(),
                    row.owner(),
                    row.source(),
                    reading.failed().stream().map(FailedConditionView::of).toList(),
                    reading.missSentence());
        }
    }

    @Schema(name = "FailedCondition")
    record FailedConditionView(
            String path,
            String operator,
            String limit,
            @Schema(nullable = true) @Nullable String actual,
            @Schema(nullable = true) @Nullable String detail,
            String cell,

            @Schema(description = "what was found, what is asked, and by how much it fails")
            String text) {
        static FailedConditionView of(ConditionReading reading) {
            MatchedCondition condition = Explanation.of(reading.condition(), reading.proposal());
            return new FailedConditionView(
                    condition.path(),
                    condition.operator(),
                    condition.limit(),
                    condition.actual(),
                    condition.detail(),
                    condition.cell(),
                    reading.sentence());
        }
    }

    @Schema(
            name = "Counterfactual",
            description =
                    "Changes under which the verdict would have been less strict. All of them are needed, and nothing"
                            + " else.")
    record CounterfactualView(Mode mode, List<ChangeView> changes, String text) {
        static CounterfactualView of(Counterfactual found) {
            return new CounterfactualView(
                    found.mode(),
                    found.changes().stream().flatMap(ChangeView::of).toList(),
                    found.sentence());
        }
    }

    @Schema(name = "Change")
    record ChangeView(
            @Schema(
                    description =
                            "as in conditions; the age of evidence in seconds is `evidence.ageSeconds(\"name\")`, at the time"
                                    + " of the decision")
            String path,

            @Schema(nullable = true, description = "null for an absent number or flag, empty for an absent text")
            @Nullable
            String from,

            String to,

            @Schema(
                    nullable = true,
                    description =
                            "where the limits stand that it meets, several with `; ` between them; null when they stand in DRL")
            @Nullable
            String cell) {
        static Stream<ChangeView> of(Counterfactual.Change change) {
            String places = change.cells().stream()
                    .map(Counterfactual.Cell::place)
                    .distinct()
                    .collect(Collectors.joining("; "));
            String cell = places.isEmpty() ? null : places;
            return change.values().stream().map(value -> new ChangeView(value.path(), value.from(), value.to(), cell));
        }
    }
}
