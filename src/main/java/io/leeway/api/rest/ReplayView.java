package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.evidence.CausingRule;
import io.leeway.evidence.ReplayJob;
import io.leeway.evidence.ReplayResult;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a replay came to, on the wire. */
@Schema(name = "ReplayResult", description = "What a version would have answered to recorded decisions.")
record ReplayView(
        PolicyView policy,
        RangeView range,

        @Schema(description = "how many were taken, newest first")
        long decisions,

        @Schema(description = "how many of them change: those of `loosened` and `tightened`")
        long changed,

        @Schema(description = "how many came to each mode: by recorded mode, then by mode under the version")
        Map<Mode, Map<Mode, Long>> matrix,

        @Schema(description = "decisions that get more leeway, by the rules that cause it; most decisions first")
        List<ChangeView> loosened,

        @Schema(description = "decisions that get less leeway, likewise")
        List<ChangeView> tightened,

        @Schema(
                description =
                        "amounts that would have moved without a person and did not, by currency, as decimal strings")
        Map<String, String> newlyAutonomous,

        List<NotReplayedView> notReplayed) {
    static ReplayView of(ReplayResult result) {
        return new ReplayView(
                new PolicyView(result.policy().version(), result.policy().digest()),
                new RangeView(result.from(), result.to(), result.inRange()),
                result.decisions(),
                result.changed(),
                result.matrix(),
                result.loosened().stream().map(ChangeView::of).toList(),
                result.tightened().stream().map(ChangeView::of).toList(),
                money(result.newlyAutonomous()),
                result.notReplayed().entrySet().stream()
                        .map(it -> new NotReplayedView(it.getKey(), it.getKey().words(), it.getValue()))
                        .toList());
    }

    static Map<String, String> money(Map<String, BigDecimal> amounts) {
        Map<String, String> texts = new TreeMap<>();
        amounts.forEach((currency, amount) -> texts.put(currency, amount.toPlainString()));
        return texts;
    }

    @Schema(name = "ReplayRange")
    record RangeView(
            @Schema(description = "position of the first entry")
            long from,

            @Schema(description = "position after the last entry")
            long to,

            @Schema(description = "how many decisions there are in it, those that a limit leaves out among them")
            long decisions) {}

    @Schema(name = "ReplayedChange", description = "Decisions that change in the same way for the same rules.")
    record ChangeView(
            @Schema(nullable = true, description = "as recorded; null where `rules` is empty") @Nullable
            AnswerView from,

            @Schema(nullable = true, description = "under the version; null where `rules` is empty") @Nullable
            AnswerView to,

            @Schema(
                    description =
                            "what causes it; none where there were too many causes to tell apart, and this sums up the rest")
            List<CausingRuleView> rules,

            long decisions,

            @Schema(description = "amounts by currency, as decimal strings; decisions without an amount add nothing")
            Map<String, String> money,

            AgentsView agents,

            @Schema(description = "ids of the newest of them")
            List<UUID> samples) {
        static ChangeView of(ReplayResult.Change change) {
            return new ChangeView(
                    AnswerView.of(change.from()),
                    AnswerView.of(change.to()),
                    change.rules().stream().map(CausingRuleView::of).toList(),
                    change.decisions(),
                    ReplayView.money(change.money()),
                    AgentsView.of(change.agents()),
                    change.samples());
        }
    }

    @Schema(name = "ReplayedAnswer")
    record AnswerView(Mode mode, Directive directive) {
        static @Nullable AnswerView of(ReplayResult.@Nullable Answer answer) {
            return answer == null ? null : new AnswerView(answer.mode(), answer.directive());
        }
    }

    @Schema(name = "AffectedAgents")
    record AgentsView(
            long count,

            @Schema(
                    description =
                            "false when there are more than are told apart, and `count` is the least that there are")
            boolean exact,

            @Schema(description = "those of the newest decisions")
            List<String> first) {
        static AgentsView of(ReplayResult.Agents agents) {
            return new AgentsView(agents.count(), agents.exact(), agents.first());
        }
    }

    @Schema(name = "CausingRule")
    record CausingRuleView(
            @Schema(
                    description =
                            "RECORDED: it spoke then, and does not any more, or asks for less, or grants less; CANDIDATE: it speaks in the version that is replayed")
            CausingRule.Side side,

            String rule,
            Effect effect,
            Mode mode,
            @Schema(nullable = true) @Nullable String table,
            @Schema(nullable = true) @Nullable String owner,
            @Schema(nullable = true) @Nullable RuleSource source) {
        static CausingRuleView of(CausingRule rule) {
            return new CausingRuleView(
                    rule.side(), rule.rule(), rule.effect(), rule.mode(), rule.table(), rule.owner(), rule.source());
        }
    }

    @Schema(name = "NotReplayedCount")
    record NotReplayedView(ReplayResult.NotReplayed reason, String words, long decisions) {}

    /** A replay and how far it is, on the wire. */
    @Schema(name = "Replay", description = "A replay, waiting for its turn, under way or over.")
    record JobView(
            UUID id,
            PolicyView policy,

            @Schema(enumeration = {"WAITING", "RUNNING", "DONE", "CANCELLED", "FAILED"})
            String state,

            @Schema(description = "how many decisions were taken")
            long done,

            @Schema(description = "how many there are to take; 0 until they are counted")
            long of,

            @Schema(description = "only with FAILED") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String failure,

            @Schema(description = "only with DONE") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReplayView result) {
        static JobView of(ReplayJob job) {
            ReplayResult result = job.result();
            return new JobView(
                    job.id(),
                    new PolicyView(job.policy().version(), job.policy().digest()),
                    job.state().name(),
                    job.progress().done(),
                    job.progress().of(),
                    job.failure(),
                    result == null ? null : ReplayView.of(result));
        }
    }
}
