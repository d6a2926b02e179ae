package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.evidence.JsonDifference;
import io.leeway.evidence.Reexecution;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A recorded decision that was made again, on the wire. */
@Schema(
        name = "Reexecution",
        description = "A recorded decision, made again by the version that decided it and by today's.")
record ReexecutionView(
        UUID decisionId,

        @Schema(nullable = true, description = "the version that decided; null when none was active") @Nullable
        PolicyView policy,

        @Schema(
                nullable = true,
                description =
                        "whether the same version on the same facts gave the recorded result, byte for byte; null when that cannot be told, as `incomplete` says")
        @Nullable
        Boolean equal,

        @Schema(description = "what cannot be told and why; absent when nothing is missing")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String incomplete,

        @Schema(description = "where the results differ; absent unless `equal` is false")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<DifferenceView> difference,

        @Schema(nullable = true, description = "null once the facts are erased") @Nullable
        TodayView today) {
    static ReexecutionView of(Reexecution again) {
        Reexecution.Today today = again.today();
        return new ReexecutionView(
                again.decisionId(),
                PolicyView.of(again.policy()),
                again.equal(),
                again.incomplete().isEmpty() ? null : again.incomplete(),
                again.difference().stream().map(DifferenceView::of).toList(),
                today == null ? null : TodayView.of(today));
    }

    @Schema(name = "ResultDifference")
    record DifferenceView(
            @Schema(description = "JSON pointer into the result")
            String pointer,

            @Schema(nullable = true, description = "JSON; null when nothing was there") @Nullable
            String recorded,

            @Schema(nullable = true, description = "JSON; null when nothing is there") @Nullable
            String again) {
        static DifferenceView of(JsonDifference difference) {
            return new DifferenceView(difference.pointer(), difference.recorded(), difference.again());
        }
    }

    /** Members from {@code mode} to {@code matched} are there when there is a verdict. */
    @Schema(
            name = "TodaysAnswer",
            description =
                    "What the active version says to the facts of then, with the time, the stage and the stops of then.")
    record TodayView(
            @Schema(nullable = true, description = "null when no version is active") @Nullable
            PolicyView policy,

            @Schema(description = "whether mode and directive are those that were recorded")
            boolean same,

            @Schema(description = "why there is no verdict; absent when there is one")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String refusal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Mode mode,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Directive directive,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<ReasonCode> reasonCodes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<DecisionView.RuleView> matched) {
        static TodayView of(Reexecution.Today today) {
            Verdict verdict = today.verdict();
            return new TodayView(
                    PolicyView.of(today.policy()),
                    today.same(),
                    today.refusal().isEmpty() ? null : today.refusal(),
                    verdict == null ? null : verdict.mode(),
                    verdict == null ? null : verdict.directive(),
                    verdict == null ? null : verdict.reason(),
                    verdict == null ? null : verdict.reasonCodes(),
                    verdict == null
                            ? null
                            : verdict.matched().stream()
                                    .map(DecisionView.RuleView::of)
                                    .toList());
        }
    }
}
