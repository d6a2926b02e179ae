package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.leeway.api.rest.WhyNotView.CounterfactualView;
import io.leeway.api.rest.WhyNotView.NearMissView;
import io.leeway.decision.Decision;
import io.leeway.decision.DecisionState;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.evidence.WhyNot;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Actor;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.RuleSource;
import io.leeway.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A decision on the wire.
 *
 * @param matched JSON as it is recorded
 * @param state only where a decision is read, not where it is made; so are the members after it
 * @param facts JSON as it was recorded, the word {@code null} once it is erased
 * @param nearMisses only where it is asked for; so are the members after it
 */
@Schema(name = "Decision", description = "A verdict, why it is what it is, and where it is recorded.")
record DecisionView(
        @Schema(nullable = true, description = "null for a simulation") @Nullable
        UUID decisionId,

        Mode mode,
        Directive directive,

        @Schema(description = "false when the key is only observed: the verdict is recorded and binds nobody")
        boolean enforced,

        @Schema(description = "`because` of the first decisive row, verbatim")
        String reason,

        List<ReasonCode> reasonCodes,
        @Schema(format = "date-time") String decidedAt,

        @Schema(format = "date-time", description = "end of the permit, or of the approval, or decidedAt")
        String validUntil,

        @Schema(type = SchemaType.ARRAY, implementation = RuleView.class) @JsonRawValue
        String matched,

        List<Obligation> obligations,

        @Schema(nullable = true, description = "only with AWAIT_APPROVAL") @Nullable
        ApprovalView approval,

        @Schema(nullable = true, description = "only with PROCEED") @Nullable
        PermitView permit,

        @Schema(description = "what a permit binds: sha256:… of the canonical action")
        String actionDigest,

        @Schema(nullable = true, description = "null when no version was active") @Nullable
        PolicyView policy,

        @Schema(nullable = true, description = "null for a simulation") @Nullable
        PlaceView record,

        @Schema(
                description =
                        "drills under way in whose scope the proposal is: acknowledge them; absent when there is none")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<StopInScope> drills,

        @Schema(description = "only where a recorded decision is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        DecisionState state,

        @Schema(
                description =
                        "stops that keep it from being approved while it is PENDING; absent when there is none; only where one decision is read")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<StopInScope> frozenBy,

        @Schema(description = "who proposed; only where a recorded decision is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Actor actor,

        @Schema(description = "only where a recorded decision is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String agent,

        @Schema(description = "only where a recorded decision is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String actionType,

        @Schema(
                type = SchemaType.OBJECT,
                nullable = true,
                description =
                        "what was decided on, as it was recorded: `proposal` as it was sent, and `derived`, which Leeway added; null once erased; only where one decision is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonRawValue
        @Nullable
        String facts,

        @Schema(
                description =
                        "only with `explain=full`: rows that one condition kept from matching, most useful first; left out when they cannot be known, as `incomplete` says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<NearMissView> nearMisses,

        @Schema(
                description =
                        "only with `explain=full`: the nearest changes that would have given a less strict mode, most useful first; left out when they cannot be known, as `incomplete` says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<CounterfactualView> counterfactuals,

        @Schema(description = "only with `explain=full`: what is left out and why; absent when nothing is")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String incomplete) {
    private static final String ERASED = "null";

    /** Where {@code matched} is recorded JSON, for the description only. */
    @Schema(name = "MatchedRule")
    record RuleView(
            @Schema(description = "the row's id, the DRL rule's name, STAGE or STOP:<id>")
            String rule,

            Effect effect,
            Mode mode,

            @Schema(description = "its mode is the final one, and it brought it")
            boolean decisive,

            @Schema(nullable = true) @Nullable String table,
            String because,
            @Schema(nullable = true) @Nullable String owner,

            @Schema(nullable = true, description = "null for a stage or a stop") @Nullable
            RuleSource source,

            List<MatchedCondition> conditions) {
        static RuleView of(MatchedRule rule) {
            return new RuleView(
                    rule.rule(),
                    rule.effect(),
                    rule.mode(),
                    rule.decisive(),
                    rule.table(),
                    rule.because(),
                    rule.owner(),
                    rule.source(),
                    rule.conditions());
        }
    }

    @Schema(name = "Approval")
    record ApprovalView(
            @Schema(nullable = true, description = "the decision's id; null for a simulation") @Nullable
            UUID id,

            List<ApprovalRequirement> requires,
            @Schema(format = "date-time") String expiresAt,
            @Schema(nullable = true) @Nullable String href) {
        static @Nullable ApprovalView of(Decision.@Nullable Approval approval) {
            return approval == null
                    ? null
                    : new ApprovalView(
                            approval.id(),
                            approval.requires(),
                            LedgerTime.text(approval.expiresAt()),
                            approval.id() == null ? null : "/v1/approvals/" + approval.id());
        }
    }

    @Schema(name = "Permit")
    record PermitView(UUID id, @Schema(format = "date-time") String expiresAt) {
        static @Nullable PermitView of(@Nullable Permit permit) {
            return permit == null ? null : new PermitView(permit.id(), LedgerTime.text(permit.expiresAt()));
        }
    }

    @Schema(name = "Place", description = "Where it stands in the ledger.")
    record PlaceView(long index, String leafHash) {
        static @Nullable PlaceView of(Decision.@Nullable Place place) {
            return place == null ? null : new PlaceView(place.index(), place.leafHash());
        }
    }

    /** A decision that was just made, or simulated. */
    static DecisionView of(Decision decision) {
        return of(decision, null, null, null);
    }

    /** The same, explained. */
    static DecisionView of(Decision decision, WhyNot whyNot) {
        return of(decision, null, null, whyNot);
    }

    /** A decision that is read for itself: with its state, who wanted it, and all that it was decided on. */
    static DecisionView read(RecordedDecision recorded) {
        return of(recorded.decision(), recorded, facts(recorded), null);
    }

    /** The same, explained. */
    static DecisionView read(RecordedDecision recorded, WhyNot whyNot) {
        return of(recorded.decision(), recorded, facts(recorded), whyNot);
    }

    /** A decision in a list, which has no room for facts. */
    static DecisionView listed(RecordedDecision recorded) {
        return of(recorded.decision(), recorded, null, null);
    }

    private static String facts(RecordedDecision recorded) {
        byte[] facts = recorded.facts();
        return facts == null ? ERASED : new String(facts, StandardCharsets.UTF_8);
    }

    private static DecisionView of(
            Decision decision, @Nullable RecordedDecision recorded, @Nullable String facts, @Nullable WhyNot whyNot) {
        Verdict verdict = decision.verdict();
        return new DecisionView(
                decision.id(),
                verdict.mode(),
                verdict.directive(),
                decision.enforced(),
                verdict.reason(),
                verdict.reasonCodes(),
                LedgerTime.text(decision.decidedAt()),
                LedgerTime.text(decision.validUntil()),
                new String(decision.matched(), StandardCharsets.UTF_8),
                verdict.obligations(),
                ApprovalView.of(decision.approval()),
                PermitView.of(decision.permit()),
                decision.actionDigest(),
                PolicyView.of(decision.policy()),
                PlaceView.of(decision.place()),
                decision.drills(),
                recorded == null ? null : decision.state(),
                recorded == null ? List.of() : recorded.frozenBy(),
                recorded == null ? null : recorded.actor(),
                recorded == null ? null : recorded.agent(),
                recorded == null ? null : recorded.actionType(),
                facts,
                WhyNotView.nearMisses(whyNot),
                WhyNotView.counterfactuals(whyNot),
                WhyNotView.incomplete(whyNot));
    }
}
