package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.StopLevel;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.NearMisses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a decision came out no less strict.
 *
 * @param nearMisses null when they cannot be known
 * @param counterfactuals null when they cannot be known
 * @param incomplete what is left out and why, in sentences; {@code ""} when nothing is
 */
public record WhyNot(
        @Nullable NearMisses nearMisses, @Nullable Counterfactuals counterfactuals, String incomplete) {
    private static final List<ReasonCode> NOT_EVALUATED = List.of(ReasonCode.EVALUATION_ERROR, ReasonCode.DEADLINE);

    /** Nothing is known, for that reason. */
    public static WhyNot unknown(String reason) {
        return new WhyNot(null, null, reason);
    }

    /**
     * @param facts null once erased
     * @param versions the policy with a digest, null when it cannot be loaded
     */
    static WhyNot of(
            Decision decision, @Nullable RecordedFacts facts, Function<String, @Nullable CompiledPolicy> versions) {
        Decision.PolicyReference version = decision.policy();
        if (facts == null) {
            return unknown(
                    "The facts of this decision were erased, so nobody can tell any more which rows nearly matched, and"
                            + " what would have changed the verdict.");
        }
        if (version == null) {
            return unknown("No policy version was active, so there was no row that could have matched.");
        }
        CompiledPolicy policy = versions.apply(version.digest());
        return policy == null
                ? unknown("This was decided under the policy version " + version.version()
                        + ", which is not kept or"
                        + " cannot be read any more. Which rows nearly matched, and what would have changed the verdict, cannot be"
                        + " told without it.")
                : of(decision, facts, policy);
    }

    private static WhyNot of(Decision decision, RecordedFacts facts, CompiledPolicy policy) {
        Proposal proposal = facts.proposal(policy.tables());
        List<String> incomplete = new ArrayList<>();
        NearMisses nearMisses = NearMisses.of(policy.tables(), proposal);
        if (nearMisses.isShortened()) {
            incomplete.add("One condition kept " + nearMisses.all() + " rows from matching; the "
                    + nearMisses.nearest().size() + " most useful are listed.");
        }
        Counterfactuals counterfactuals = null;
        if (decision.verdict().reasonCodes().stream().anyMatch(NOT_EVALUATED::contains)) {
            incomplete.add(
                    "The rules could not be evaluated then, so what would have changed the verdict cannot be told.");
        } else {
            counterfactuals = changes(policy, proposal, StopInScope.hardest(facts.stops()));
        }
        if (counterfactuals != null && !counterfactuals.complete()) {
            incomplete.add("The search for changes was cut short: those listed are exact and minimal, but there may be"
                    + " others.");
        }
        return new WhyNot(nearMisses, counterfactuals, String.join(" ", incomplete));
    }

    /** Where everything is halted nothing gives a less strict mode; under another stop, nothing below what that lets through. */
    private static Counterfactuals changes(CompiledPolicy policy, Proposal proposal, @Nullable StopLevel stop) {
        if (stop == StopLevel.HALT) {
            return new Counterfactuals(List.of(), true);
        }
        Counterfactuals found = Counterfactuals.of(policy, proposal);
        if (stop == null) {
            return found;
        }
        List<Counterfactual> let = found.changes().stream()
                .filter(change -> stop.lets(change.mode()))
                .toList();
        return new Counterfactuals(
                let, found.complete() && let.size() == found.changes().size());
    }
}
