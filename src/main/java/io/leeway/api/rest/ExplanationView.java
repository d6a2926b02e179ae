package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.api.rest.DecisionView.PlaceView;
import io.leeway.api.rest.WhyNotView.CounterfactualView;
import io.leeway.api.rest.WhyNotView.NearMissView;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.evidence.Accountability;
import io.leeway.evidence.DecisionExplanation;
import io.leeway.evidence.WhyNot;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import io.leeway.model.Stage;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Everything that can be said about a decision, on the wire. */
@Schema(name = "Explanation", description = "A decision, who answers for it, and why it is no less strict.")
record ExplanationView(
        @Nullable UUID decisionId,
        Mode mode,
        Directive directive,

        @Schema(description = "false when the verdict binds nobody")
        boolean enforced,

        String reason,
        @Schema(format = "date-time") String decidedAt,

        @Schema(description = "most useful first; left out when they cannot be known, as `incomplete` says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<NearMissView> nearMisses,

        @Schema(description = "most useful first; left out when they cannot be known, as `incomplete` says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<CounterfactualView> counterfactuals,

        @Schema(description = "what is left out and why; absent when nothing is")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String incomplete,

        AccountabilityView accountability,

        @Schema(description = "the whole in plain paragraphs, a blank line between them")
        String text) {
    static ExplanationView of(DecisionExplanation explanation) {
        WhyNot whyNot = explanation.whyNot();
        return new ExplanationView(
                explanation.decision().id(),
                explanation.decision().verdict().mode(),
                explanation.decision().verdict().directive(),
                explanation.decision().enforced(),
                explanation.decision().verdict().reason(),
                LedgerTime.text(explanation.decision().decidedAt()),
                WhyNotView.nearMisses(whyNot),
                WhyNotView.counterfactuals(whyNot),
                WhyNotView.incomplete(whyNot),
                AccountabilityView.of(explanation.accountability()),
                explanation.text());
    }

    @Schema(name = "Accountability", description = "Who answers for what, as far as it is recorded.")
    record AccountabilityView(
            @Schema(description = "who called") Actor proposedBy,
            String agent,

            @Schema(nullable = true, description = "null when absent, or erased") @Nullable
            String operator,

            @Schema(nullable = true, description = "null when absent, or erased") @Nullable
            String onBehalfOf,

            @Schema(description = "the rows and DRL rules that brought the mode")
            List<DecidingRuleView> decidedBy,

            @Schema(nullable = true, description = "null once erased") @Nullable
            StageView stage,

            @Schema(nullable = true, description = "those in scope; null once erased") @Nullable
            List<StopInScope> stops,

            @Schema(nullable = true, description = "null when no version was active") @Nullable
            PolicyView policy,

            @Nullable PlaceView record) {
        static AccountabilityView of(Accountability known) {
            Accountability.StageCap cap = known.stage();
            return new AccountabilityView(
                    known.proposedBy(),
                    known.agent(),
                    known.operator(),
                    known.onBehalfOf(),
                    known.decidedBy().stream().map(DecidingRuleView::of).toList(),
                    cap == null ? null : new StageView(cap.stage(), cap.cap(), cap.rulesAlone(), cap.capped()),
                    known.stops(),
                    PolicyView.of(known.policy()),
                    PlaceView.of(known.place()));
        }
    }

    @Schema(name = "DecidingRule")
    record DecidingRuleView(
            String rule,
            @Schema(nullable = true) @Nullable String owner,
            Effect effect,
            Mode mode,
            RuleSource source,

            @Schema(description = "of its conditions; none for DRL")
            List<String> cells) {
        static DecidingRuleView of(Accountability.DecidingRule rule) {
            return new DecidingRuleView(
                    rule.rule(), rule.owner(), rule.effect(), rule.mode(), rule.source(), rule.cells());
        }
    }

    @Schema(name = "StageCap")
    record StageView(
            Stage stage,

            @Schema(description = "the least strict mode that the stage lets through")
            Mode cap,

            @Schema(description = "what the rules would have given without it")
            Mode rulesAlone,

            @Schema(description = "whether the stage made the verdict stricter than the rules")
            boolean capped) {}
}
