package io.leeway.api.rest;

import io.leeway.evidence.TimelineEvent;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Actor;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that happened to a subject, on the wire. */
@Schema(
        name = "TimelineEvent",
        description = "Something that happened to a subject, as its entry in the ledger tells it.")
record TimelineView(
        @Schema(format = "date-time") String at,

        @Schema(
                description =
                        "kind of the entry: `decision`, `permit.consumption`, `stop`, `stop.release-request`, `stop.release`; more may come")
        String kind,

        @Schema(description = "who did it") Actor actor,

        @Schema(nullable = true) @Nullable String agent,

        @Schema(nullable = true) @Nullable String actionType,

        @Schema(nullable = true, description = "the decision that it is, or is about") @Nullable
        UUID decisionId,

        @Schema(description = "as the person said, or the rule says; empty when there is none, or once erased")
        String reason,

        @Schema(nullable = true, description = "which stop it was; null for everything else") @Nullable
        StopNoteView stop,

        @Schema(nullable = true, description = "only with `decision`") @Nullable
        DecidedActionView decision,

        StopResource.IndexView record) {
    static TimelineView of(TimelineEvent event) {
        TimelineEvent.StopNote stop = event.stop();
        return new TimelineView(
                LedgerTime.text(event.at()),
                event.kind(),
                event.by(),
                event.agent(),
                event.actionType(),
                event.decisionId(),
                event.reason(),
                stop == null ? null : new StopNoteView(stop.id(), StopView.ScopeView.of(stop.scope())),
                event.decision() == null ? null : DecidedActionView.of(event.decision()),
                new StopResource.IndexView(event.position()));
    }

    @Schema(name = "StopNote")
    record StopNoteView(UUID id, StopView.ScopeView scope) {}
}
