package io.leeway.policy.proof;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import io.leeway.model.Violation;
import io.leeway.policy.Combination;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.GuardrailMatch;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.compile.CompiledPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One proposal, put to a policy outside of any ledger: no stop is in scope, and nothing is recorded.
 *
 * @param violations what of the proposal is not as declared; then it is refused, and nothing matches
 * @param verdict without an expiry; null when the proposal is refused
 */
public record Trial(
        Proposal proposal,
        List<Violation> violations,
        Evaluation evaluation,
        Answer answer,
        @Nullable Verdict verdict) {
    /** Nobody waits for the answer, and what a test comes to must not hang on how busy the machine is. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** @param proposal with what is derived */
    public static Trial of(CompiledPolicy policy, Proposal proposal) {
        return of(policy, proposal, DEADLINE);
    }

    /** @param deadline how long the evaluation may take; past it, it is human in control */
    public static Trial of(CompiledPolicy policy, Proposal proposal, Duration deadline) {
        List<Violation> violations = ProposalCheck.violations(policy.tables(), proposal);
        if (!violations.isEmpty()) {
            return new Trial(proposal, violations, Evaluation.NONE, Answer.REFUSED, null);
        }
        try {
            Evaluation evaluation = policy.evaluate(proposal, System.nanoTime() + deadline.toNanos());
            return of(proposal, evaluation, policy.tables().unlisted(proposal));
        } catch (EvaluationException e) {
            return of(proposal, Evaluation.NONE, e.isDeadline() ? ReasonCode.DEADLINE : ReasonCode.EVALUATION_ERROR);
        }
    }

    private static Trial of(Proposal proposal, Evaluation evaluation, @Nullable ReasonCode failure) {
        Combination combination = Combination.of(evaluation, proposal.agent().earned(), null, failure);
        Verdict verdict = new Verdict(
                combination.mode(),
                combination.directive(),
                combination.reasonCodes(),
                combination.matched(proposal),
                combination.obligations(),
                combination.requires(),
                null);
        return new Trial(proposal, List.of(), evaluation, Answer.of(combination), verdict);
    }

    /** The mode; human in control when the proposal is refused. */
    public Mode mode() {
        return verdict == null ? Mode.HUMAN_IN_CONTROL : verdict.mode();
    }

    /** Ids of the rows and DRL rules that matched, in the order of the answer. */
    public List<String> ruleIds() {
        return Stream.concat(
                        evaluation.rows().stream().map(Row::id),
                        evaluation.guardrails().stream().map(GuardrailMatch::rule))
                .toList();
    }

    /** The reason of the verdict, or why there is none. */
    public String reason() {
        return verdict == null ? "refused: " + refusal() : verdict.reason();
    }

    /** What is not as declared, in one line. */
    public String refusal() {
        return String.join("; ", violations.stream().map(Violation::message).toList());
    }
}
