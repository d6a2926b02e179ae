package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leeway.evidence.CausalTrace;
import io.leeway.evidence.ParentLink;
import io.leeway.evidence.TraceStep;
import io.leeway.evidence.TraceTotals;
import io.leeway.model.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A trace on the wire: flat, since a loop makes a chain deeper than readers of JSON nest. */
@Schema(
        name = "Trace",
        description = "A page of a trace as the tree of causes that it is, and what the trace comes to.")
record TraceView(
        String trace,

        @Schema(nullable = true, description = "what it is for, as the first step that says so") @Nullable
        String goal,

        @Schema(description = "how many it has, however many are on the page")
        long steps,

        TotalsView totals,

        @Schema(description = "in the order of the ledger: causes come before what they caused")
        List<StepView> items) {
    static TraceView of(CausalTrace trace) {
        return new TraceView(
                trace.id(),
                trace.goal().isEmpty() ? null : trace.goal(),
                trace.steps(),
                TotalsView.of(trace.totals()),
                trace.page().stream().map(StepView::of).toList());
    }

    @Schema(name = "TraceTotals")
    record TotalsView(
            @Schema(description = "how many steps were summed: all of them, or the first 1000 of a larger trace")
            long steps,

            Map<Mode, Long> modes,

            @Schema(description = "by currency") List<MoneyView> money,
            List<AgentView> agents,

            @Schema(description = "of the deepest step, 0 for the first")
            long depth) {
        static TotalsView of(TraceTotals totals) {
            return new TotalsView(
                    totals.steps(),
                    totals.modes(),
                    totals.money().entrySet().stream()
                            .map(one -> MoneyView.of(one.getKey(), one.getValue()))
                            .toList(),
                    totals.agents().entrySet().stream()
                            .map(one -> new AgentView(one.getKey(), one.getValue()))
                            .toList(),
                    totals.depth());
        }
    }

    @Schema(name = "TraceMoney")
    record MoneyView(
            String currency,

            @Schema(description = "that agents wanted to move")
            String proposed,

            @Schema(description = "that they were given a permit for")
            String permitted,

            @Schema(description = "whose permit was used") String consumed) {
        static MoneyView of(String currency, TraceTotals.Amounts amounts) {
            return new MoneyView(
                    currency, text(amounts.proposed()), text(amounts.permitted()), text(amounts.consumed()));
        }

        private static String text(BigDecimal value) {
            return value.toPlainString();
        }
    }

    @Schema(name = "TraceAgent")
    record AgentView(String agent, long decisions) {}

    @Schema(name = "TraceStep")
    record StepView(
            @JsonUnwrapped DecidedActionView action,

            @Schema(nullable = true, description = "the decision that its proposal named as its cause") @Nullable
            UUID parent,

            @Schema(
                    description =
                            "STEP: an earlier step of this trace. ELSEWHERE: a decision outside of it. UNKNOWN: none that is recorded before it, or none for this key. NONE: it names none, or what it named was erased")
            ParentLink parentIs,

            @Schema(nullable = true, description = "0 at the start; null once erased") @Nullable
            Long depth,

            @Schema(description = "decisions of this trace that name it as their cause, oldest first")
            List<UUID> children) {
        static StepView of(CausalTrace.Node node) {
            TraceStep step = node.step();
            return new StepView(
                    DecidedActionView.of(step.action()),
                    step.parent(),
                    node.link(),
                    step.link().depth(),
                    node.children());
        }
    }
}
