package io.leeway.api.rest;

import io.leeway.decision.DecisionState;
import io.leeway.evidence.DecidedAction;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A decision in brief. */
@Schema(
        name = "DecidedAction",
        description = "A decision in brief: what was to be done to what, what came of it, and why.")
record DecidedActionView(
        UUID decisionId,
        @Schema(format = "date-time") String decidedAt,

        @Schema(description = "who proposed") Actor actor,

        String agent,
        String actionType,

        @Schema(nullable = true, description = "null once erased") @Nullable
        SubjectView subject,

        @Schema(nullable = true, description = "null when the action has none") @Nullable
        AmountView amount,

        Mode mode,
        Directive directive,
        DecisionState state,

        @Schema(description = "empty once erased") String reason,

        List<ReasonCode> reasonCodes,

        @Schema(description = "ids of the rules that brought the mode, stages and stops included; empty once erased")
        List<String> decisive,

        @Schema(nullable = true, description = "null when it brought none") @Nullable
        PermitUse permit,

        StopResource.IndexView record) {
    static DecidedActionView of(DecidedAction action) {
        Subject subject = action.subject();
        Money amount = action.amount();
        Permit permit = action.permit();
        return new DecidedActionView(
                action.id(),
                LedgerTime.text(action.at()),
                action.by(),
                action.agent(),
                action.actionType(),
                subject == null ? null : new SubjectView(subject.type(), subject.id()),
                amount == null ? null : new AmountView(amount.text(), amount.currency()),
                action.mode(),
                action.directive(),
                action.state(),
                action.reason(),
                action.reasonCodes(),
                action.decisive(),
                permit == null ? null : PermitUse.of(permit, action.consumedAt()),
                new StopResource.IndexView(action.position()));
    }

    @Schema(name = "SubjectName")
    record SubjectView(String type, String id) {}

    @Schema(name = "Amount")
    record AmountView(
            @Schema(description = "as it was sent") String value, String currency) {}

    @Schema(name = "PermitUse")
    record PermitUse(
            UUID id,
            @Schema(format = "date-time") String expiresAt,

            @Schema(format = "date-time", nullable = true, description = "null while it is not used") @Nullable
            String consumedAt) {
        static PermitUse of(Permit permit, @Nullable Instant consumedAt) {
            return new PermitUse(
                    permit.id(),
                    LedgerTime.text(permit.expiresAt()),
                    consumedAt == null ? null : LedgerTime.text(consumedAt));
        }
    }
}
