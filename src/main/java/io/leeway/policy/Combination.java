package io.leeway.policy;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a mode comes about: {@code max(authority, every matched safeguard, stage cap, stop)}.
 *
 * <p>Grants open: the authority is the most lenient of the matched authority rows, and human in control when none matched.
 * Safeguards close: each can only make the mode stricter. Stage and stop stand above both, and what went wrong above all.
 *
 * @param outcomes of every rule that spoke: rows, then DRL
 * @param stop how hard the hardest stop in scope holds; null when none is
 * @param failure why the rules alone do not decide: no policy, unknown action, evaluation error, deadline; null when they do
 * @param authority what the grants give
 * @param mode the result
 */
public record Combination(
        Evaluation evaluation,
        List<Row.Outcome> outcomes,
        Stage stage,
        @Nullable StopLevel stop,
        @Nullable ReasonCode failure,
        @Nullable Mode authority,
        Mode mode) {

    public Combination {
        outcomes = List.copyOf(outcomes);
    }

    /** What the rules that spoke come to under that stage and that stop. */
    public static Combination of(
            Evaluation evaluation, Stage stage, @Nullable StopLevel stop, @Nullable ReasonCode failure) {
        List<Row.Outcome> outcomes = outcomes(evaluation);
        Mode authority = null;
        Mode least = stop == null ? stage.cap() : stage.cap().stricter(stop.cap());
        for (Row.Outcome outcome : outcomes) {
            if (outcome.effect() != Effect.GRANT) {
                least = least.stricter(outcome.mode());
            } else {
                authority = authority == null ? outcome.mode() : authority.moreLenient(outcome.mode());
            }
        }
        Mode mode = failure != null || authority == null ? Mode.HUMAN_IN_CONTROL : authority;
        return new Combination(evaluation, outcomes, stage, stop, failure, authority, mode.stricter(least));
    }

    private static List<Row.Outcome> outcomes(Evaluation evaluation) {
        List<Row.Outcome> outcomes = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            outcomes.add(row.outcome());
        }
        for (GuardrailMatch match : evaluation.guardrails()) {
            outcomes.add(match.outcome());
        }
        return outcomes;
    }

    /** What the caller must now do. */
    public Directive directive() {
        if (isHalted() || isProhibited()) {
            return Directive.HALT;
        }
        return switch (mode) {
            case AUTONOMOUS -> Directive.PROCEED;
            case HUMAN_IN_THE_LOOP -> Directive.AWAIT_APPROVAL;
            case HUMAN_IN_CONTROL -> Directive.HAND_OVER;
        };
    }

    private boolean isHalted() {
        return stop == StopLevel.HALT;
    }

    private boolean isProhibited() {
        for (Row.Outcome outcome : outcomes) {
            if (outcome.effect() == Effect.PROHIBIT) {
                return true;
            }
        }
        return false;
    }

    /** Those that brought the mode, in the order of {@link ReasonCode}. */
    public List<ReasonCode> reasonCodes() {
        Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
        if (failure != null) {
            codes.add(failure);
        } else if (authority == null) {
            codes.add(ReasonCode.NO_AUTHORITY);
        } else if (authority == mode) {
            codes.add(ReasonCode.AUTHORITY);
        }
        for (Row.Outcome outcome : outcomes) {
            if (outcome.effect() != Effect.GRANT && outcome.mode() == mode) {
                codes.add(outcome.effect() == Effect.PROHIBIT ? ReasonCode.PROHIBITED : ReasonCode.SAFEGUARD);
            }
        }
        if (stageDecides()) {
            codes.add(ReasonCode.STAGE);
        }
        if (stop != null && stop.cap() == mode) {
            codes.add(ReasonCode.STOP);
        }
        return List.copyOf(codes);
    }

    private boolean stageCaps() {
        return stage.cap() != Mode.AUTONOMOUS;
    }

    private boolean stageDecides() {
        return stageCaps() && stage.cap() == mode;
    }

    /** Where everything is halted no row is decisive: the stop brought it. A grant is decisive only when no other is more lenient. */
    private boolean isDecisive(Row.Outcome outcome) {
        if (outcome.mode() != mode || isHalted()) {
            return false;
        }
        return outcome.effect() != Effect.GRANT || (authority == mode && failure == null);
    }

    private String stageSentence() {
        return stage == Stage.SHADOW
                ? "The agent is at stage SHADOW for this action: it only watches, a person does it."
                : "The agent is at stage " + stage + " for this action: a person must approve it.";
    }

    /** Every rule that spoke: rows, then DRL by name, then the stage where it caps; stops are the caller's to add. */
    public List<MatchedRule> matched(Proposal proposal) {
        List<MatchedRule> matched = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            matched.add(Explanation.of(row, proposal, isDecisive(row.outcome())));
        }
        for (GuardrailMatch match : evaluation.guardrails()) {
            matched.add(Explanation.of(match, isDecisive(match.outcome())));
        }
        if (stageCaps()) {
            boolean decisive = stageDecides() && !isHalted();
            matched.add(Explanation.ofStage(stage, stageSentence(), decisive));
        }
        return matched;
    }

    /** The distinct obligations of all matched rules; of several sample rates only the highest counts. */
    public List<Obligation> obligations() {
        Set<Obligation> distinct = new LinkedHashSet<>();
        Obligation sample = null;
        for (Row.Outcome outcome : outcomes) {
            for (Obligation obligation : outcome.obligations()) {
                distinct.add(obligation);
                if (isSample(obligation) && (sample == null || rate(obligation).compareTo(rate(sample)) > 0)) {
                    sample = obligation;
                }
            }
        }
        Obligation highest = sample;
        distinct.removeIf(obligation -> isSample(obligation) && !obligation.equals(highest));
        return List.copyOf(distinct);
    }

    private static BigDecimal rate(Obligation sample) {
        return new BigDecimal(sample.value());
    }

    private static boolean isSample(Obligation obligation) {
        return obligation.type().equals("sample");
    }

    /** Each group once, with the largest quorum that a matched rule asks of it; anybody who may approve when none is named. */
    public List<ApprovalRequirement> requires() {
        if (directive() != Directive.AWAIT_APPROVAL) {
            return List.of();
        }
        Map<String, ApprovalRequirement> requires = new LinkedHashMap<>();
        for (Row.Outcome outcome : outcomes) {
            ApprovalRequirement asked = outcome.approvers();
            if (asked != null) {
                requires.merge(asked.group(), asked, (one, other) -> one.quorum() >= other.quorum() ? one : other);
            }
        }
        return requires.isEmpty() ? List.of(ApprovalRequirement.ANY_APPROVER) : List.copyOf(requires.values());
    }

    /** The shortest {@code expires} of all matched rules; null when none has one. */
    public @Nullable Duration shortestLife() {
        Duration shortest = null;
        for (Row.Outcome outcome : outcomes) {
            Duration life = outcome.expires();
            if (life != null && (shortest == null || life.compareTo(shortest) < 0)) {
                shortest = life;
            }
        }
        return shortest;
    }
}
