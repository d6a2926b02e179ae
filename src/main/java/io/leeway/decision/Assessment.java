package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import io.leeway.model.Violation;
import io.leeway.policy.Combination;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.compile.CompiledPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** From a proposal and its circumstances to a verdict: the same for the lane, for simulations and for re-execution. */
final class Assessment {
    /** How long one proposal may be evaluated. */
    static final Duration DEADLINE = Duration.ofMillis(50);

    /** How long a permit lives unless something ends it earlier. */
    static final Duration PERMIT_LIFE = Duration.ofSeconds(60);

    /** How long an approval may take unless a matched row says otherwise. */
    static final Duration APPROVAL_LIFE = Duration.ofHours(24);

    private static final Logger LOG = Logger.getLogger(Assessment.class);

    private Assessment() {}

    /**
     * @param proposal with what is derived
     * @throws Refusal {@code ACTION_NOT_AS_DECLARED} when it breaks the version's {@code Actions} or {@code Vocabulary} sheet
     */
    static Verdict of(Proposal proposal, Circumstances circumstances) {
        return of(proposal, circumstances, DEADLINE);
    }

    static Verdict of(Proposal proposal, Circumstances circumstances, Duration deadline) {
        try {
            return evaluated(proposal, circumstances, deadline);
        } catch (EvaluationException e) {
            LOG.errorf(
                    e, "evaluation failed for action type %s", proposal.action().type());
            ReasonCode failure = e.isDeadline() ? ReasonCode.DEADLINE : ReasonCode.EVALUATION_ERROR;
            return combine(proposal, circumstances, Evaluation.NONE, failure);
        }
    }

    /**
     * The same, but what to make of rules that cannot be evaluated is left to the caller.
     *
     * @throws Refusal as {@link #of(Proposal, Circumstances)}
     */
    static Verdict evaluated(Proposal proposal, Circumstances circumstances, Duration deadline)
            throws EvaluationException {
        CompiledPolicy policy = circumstances.policy();
        if (policy == null) {
            return combine(proposal, circumstances, Evaluation.NONE, ReasonCode.NO_POLICY);
        }
        List<Violation> violations = ProposalCheck.violations(policy.tables(), proposal);
        if (!violations.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "ACTION_NOT_AS_DECLARED",
                    "The active policy version " + policy.version() + " declares this action otherwise.",
                    violations);
        }
        ReasonCode unlisted = policy.tables().unlisted(proposal);
        try {
            Evaluation evaluation = policy.evaluate(proposal, System.nanoTime() + deadline.toNanos());
            return combine(proposal, circumstances, evaluation, unlisted);
        } catch (RuntimeException e) {
            throw EvaluationException.failed(e);
        }
    }

    private static Verdict combine(
            Proposal proposal, Circumstances circumstances, Evaluation evaluation, @Nullable ReasonCode failure) {
        Combination combination =
                Combination.of(evaluation, circumstances.stage(), StopInScope.hardest(circumstances.stops()), failure);
        return new Verdict(
                combination.mode(),
                combination.directive(),
                combination.reasonCodes(),
                matched(combination, proposal, circumstances.stops()),
                combination.obligations(),
                combination.requires(),
                expiry(proposal, circumstances, combination));
    }

    private static List<MatchedRule> matched(Combination combination, Proposal proposal, List<StopInScope> stops) {
        List<MatchedRule> matched = new ArrayList<>(combination.matched(proposal));
        for (StopInScope stop : stops) {
            matched.add(rule(stop, combination.mode()));
        }
        return matched;
    }

    private static MatchedRule rule(StopInScope stop, Mode mode) {
        return new MatchedRule(
                ruleId(stop.id()),
                Effect.REQUIRE,
                stop.level().cap(),
                stop.level().cap() == mode,
                null,
                stop.reason(),
                null,
                null,
                List.of());
    }

    /** What a stop is called among the rules that spoke. */
    static String ruleId(UUID stop) {
        return "STOP:" + stop;
    }

    /** End of the permit or of the approval; null when the verdict brings neither. */
    private static @Nullable Instant expiry(Proposal proposal, Circumstances circumstances, Combination combination) {
        Instant now = circumstances.now();
        Duration shortest = combination.shortestLife();
        CompiledPolicy policy = circumstances.policy();
        if (combination.mode() == Mode.AUTONOMOUS && policy != null) {
            Instant end = now.plus(shortest != null && shortest.compareTo(PERMIT_LIFE) < 0 ? shortest : PERMIT_LIFE);
            return policy.evidenceTurnsStale(proposal, end).orElse(end);
        }
        if (combination.mode() == Mode.HUMAN_IN_THE_LOOP) {
            return now.plus(shortest != null ? shortest : APPROVAL_LIFE);
        }
        return null;
    }
}
