package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.Decision.Place;
import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Actor;
import io.leeway.model.Effect;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import io.leeway.model.Stage;
import io.leeway.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for what in a decision, as far as it is recorded.
 *
 * @param proposedBy who called
 * @param operator who answers for the agent; null when absent or erased
 * @param onBehalfOf for whom the agent acted; null when absent or erased
 * @param decidedBy the rows and DRL rules that brought the mode; empty when none did, or the record was erased
 * @param stage null once erased
 * @param stops that were in scope; null once erased
 * @param policy null when no version was active
 * @param place where it stands in the ledger
 */
public record Accountability(
        Actor proposedBy,
        String agent,
        @Nullable String operator,
        @Nullable String onBehalfOf,
        List<DecidingRule> decidedBy,
        @Nullable StageCap stage,
        @Nullable List<StopInScope> stops,
        @Nullable PolicyReference policy,
        @Nullable Place place) {
    public Accountability {
        decidedBy = List.copyOf(decidedBy);
    }

    /**
     * A rule that brought the mode.
     *
     * @param cells of its conditions; empty for DRL
     */
    public record DecidingRule(
            String rule, @Nullable String owner, Effect effect, Mode mode, RuleSource source, List<String> cells) {
        public DecidingRule {
            cells = List.copyOf(cells);
        }
    }

    /**
     * What the agent had earned, and what that did.
     *
     * @param cap the least strict mode that the stage lets through
     * @param rulesAlone what the rules would have given without it
     */
    public record StageCap(Stage stage, Mode cap, Mode rulesAlone) {
        /** Whether it made the verdict stricter than the rules. */
        public boolean capped() {
            return cap.compareTo(rulesAlone) > 0;
        }
    }

    /** @param facts null once erased */
    static Accountability of(RecordedDecision recorded, @Nullable RecordedFacts facts) {
        Decision decision = recorded.decision();
        Verdict verdict = decision.verdict();
        return new Accountability(
                recorded.actor(),
                recorded.agent(),
                facts == null ? null : given(facts.sent().agent().operator()),
                facts == null ? null : given(facts.sent().agent().onBehalfOf()),
                deciding(verdict),
                facts == null ? null : new StageCap(facts.stage(), facts.stage().cap(), rulesAlone(verdict)),
                facts == null ? null : facts.stops(),
                decision.policy(),
                decision.place());
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<DecidingRule> deciding(Verdict verdict) {
        List<DecidingRule> deciding = new ArrayList<>();
        for (MatchedRule rule : verdict.matched()) {
            RuleSource source = rule.source();
            if (rule.decisive() && source != null) {
                List<String> cells = rule.conditions().stream()
                        .map(MatchedCondition::cell)
                        .filter(cell -> !cell.isEmpty())
                        .distinct()
                        .toList();
                deciding.add(new DecidingRule(rule.rule(), rule.owner(), rule.effect(), rule.mode(), source, cells));
            }
        }
        return deciding;
    }

    /** {@link io.leeway.policy.Combination} without stage and stop, out of what is recorded. */
    private static Mode rulesAlone(Verdict verdict) {
        Mode least = Mode.AUTONOMOUS;
        for (MatchedRule rule : verdict.matched()) {
            if (rule.source() != null && rule.effect() != Effect.GRANT) {
                least = least.stricter(rule.mode());
            }
        }
        return Authority.of(verdict).stricter(least);
    }
}
