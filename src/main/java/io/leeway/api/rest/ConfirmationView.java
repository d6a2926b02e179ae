package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.decision.AgentActivity;
import io.leeway.evidence.AgentConfirmation;
import io.leeway.evidence.StopConfirmation;
import io.leeway.ledger.LedgerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which agents are known to keep to a stop. */
@Schema(name = "StopConfirmation", description = "Which agents are known to keep to a stop, from the ledger alone.")
record ConfirmationView(
        @Schema(format = "date-time") String requestedAt,

        @Schema(description = "false when more happened in scope than is looked at; then only the newest counts")
        boolean complete,

        List<AgentView> agents) {
    static ConfirmationView of(StopConfirmation known) {
        String requestedAt = LedgerTime.text(known.stop().placedAt());
        return new ConfirmationView(
                requestedAt,
                known.complete(),
                known.agents().stream().map(AgentView::of).toList());
    }

    @Schema(name = "AgentConfirmation")
    record AgentView(
            String agent,

            @Schema(
                    description =
                            "REQUESTED: too early to tell; CONFIRMED: as `proof` says; UNCONFIRMED: neither said nor shown")
            AgentConfirmation.State state,

            @Schema(
                    description =
                            "ACKNOWLEDGEMENT: it said so; SILENCE: its permits are over and it proposed nothing for 60 s")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            AgentConfirmation.@Nullable Proof proof,

            @Schema(format = "date-time") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String confirmedAt,

            @Schema(description = "from the stop to the acknowledgement")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Long reactionMillis,

            @Schema(description = "how it is known, or why it is not")
            String reason,

            @Schema(description = "permits that it held when the stop was placed")
            long livePermits,

            @Schema(format = "date-time", description = "end of the last of them")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String permitsEnd,

            @Schema(description = "proposals in scope since")
            long attempts,

            @Schema(format = "date-time") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String firstAttempt,

            @Schema(format = "date-time") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String lastAttempt) {
        static AgentView of(AgentConfirmation known) {
            AgentActivity activity = known.activity();
            Duration reaction = known.reaction();
            return new AgentView(
                    activity.agent(),
                    known.state(),
                    known.proof(),
                    text(known.at()),
                    reaction == null ? null : reaction.toMillis(),
                    known.reason(),
                    activity.livePermits(),
                    text(activity.permitsEnd()),
                    activity.attempts(),
                    text(activity.firstAttempt()),
                    text(activity.lastAttempt()));
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : LedgerTime.text(time);
        }
    }
}
