package io.leeway.evidence;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.Reassessment;
import io.leeway.decision.RecordedFacts;
import io.leeway.model.Directive;
import io.leeway.model.ReasonCode;
import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.compile.CompiledPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recorded decision, made again out of its record: by the version that decided it, whose result must be the same to the
 * byte, and by the version that is active today.
 *
 * @param policy the version that decided; null when none was active
 * @param equal whether the same version on the same facts gave the recorded bytes; null when that cannot be told
 * @param incomplete what cannot be told and why, in sentences; {@code ""} when nothing is missing
 * @param difference where the results differ; empty unless {@code equal} is false
 * @param today null once the facts are erased
 */
public record Reexecution(
        UUID decisionId,
        @Nullable PolicyReference policy,
        @Nullable Boolean equal,
        String incomplete,
        List<JsonDifference> difference,
        @Nullable Today today) {
    private static final String ERASED =
            "The facts of this decision were erased, so it cannot be made again, by its own version or by today's.";
    private static final String NOT_EVALUATED =
            "The rules could not be evaluated then, so there is no result of theirs to compare with.";
    private static final String FAILED_NOW = "The rules of its version could not be evaluated now.";

    public Reexecution {
        difference = List.copyOf(difference);
    }

    /**
     * What today's policy says to the facts of then: to the time, the stage and the stops that are recorded, too.
     *
     * @param policy null when no version is active
     * @param verdict null when there is none, as {@code refusal} says
     * @param refusal why there is no verdict, in a sentence; {@code ""} when there is one
     * @param same whether mode and directive are those that were recorded, what is answered to observed callers included
     */
    public record Today(
            @Nullable PolicyReference policy, @Nullable Verdict verdict, String refusal, boolean same) {}

    /** What came of making it again by its own version. */
    private record Outcome(@Nullable Boolean equal, String incomplete, List<JsonDifference> difference) {
        static Outcome unknown(String why) {
            return new Outcome(null, why, List.of());
        }
    }

    /**
     * Makes the decision again. Evaluates twice on the calling thread.
     *
     * @param versions the policy with a digest, null when it cannot be had
     * @param today the active version; null when there is none
     * @throws IllegalStateException when facts or result are not what was recorded
     */
    static Reexecution of(
            DecisionEntry decision,
            Function<String, @Nullable CompiledPolicy> versions,
            @Nullable CompiledPolicy today) {
        PolicyReference version = decision.policy();
        RecordedFacts facts = decision.isErased() ? null : decision.facts();
        if (facts == null) {
            return new Reexecution(decision.id(), version, null, ERASED, List.of(), null);
        }
        Outcome outcome = again(decision, facts, version, versions);
        return new Reexecution(
                decision.id(),
                version,
                outcome.equal(),
                outcome.incomplete(),
                outcome.difference(),
                today(decision, facts, today));
    }

    private static Outcome again(
            DecisionEntry decision,
            RecordedFacts facts,
            @Nullable PolicyReference version,
            Function<String, @Nullable CompiledPolicy> versions) {
        List<ReasonCode> codes = decision.reasonCodes();
        if (codes.contains(ReasonCode.EVALUATION_ERROR) || codes.contains(ReasonCode.DEADLINE)) {
            return Outcome.unknown(NOT_EVALUATED);
        }
        CompiledPolicy policy = version == null ? null : versions.apply(version.digest());
        if (version != null && policy == null) {
            return Outcome.unknown("The policy version " + version.version() + " with the digest " + version.digest()
                    + " is not stored here, so the decision cannot be made again by it.");
        }
        try {
            return compared(decision.entry().result(), Reassessment.result(Reassessment.of(facts, policy)));
        } catch (EvaluationException e) {
            return Outcome.unknown(FAILED_NOW);
        } catch (Refusal e) {
            // It was decided then, so its version cannot have declared the action otherwise.
            return new Outcome(false, "", List.of(new JsonDifference("", "a verdict", "refused: " + e.detail())));
        }
    }

    private static Outcome compared(byte @Nullable [] recorded, byte[] again) {
        if (recorded == null) {
            return Outcome.unknown(ERASED);
        }
        boolean equal = Arrays.equals(recorded, again);
        return new Outcome(equal, "", equal ? List.of() : JsonDifference.between(recorded, again));
    }

    private static Today today(DecisionEntry decision, RecordedFacts facts, @Nullable CompiledPolicy policy) {
        PolicyReference reference = policy == null ? null : new PolicyReference(policy.version(), policy.digest());
        try {
            Verdict verdict = Reassessment.of(facts, policy);
            Directive today = decision.isEnforced()
                    ? verdict.directive()
                    : verdict.observed().directive();
            boolean same = verdict.mode() == decision.mode() && today == decision.directive();
            return new Today(reference, verdict, "", same);
        } catch (Refusal e) {
            return new Today(
                    reference,
                    null,
                    (e.code().equals(Reassessment.NOT_RECORDED) ? "" : "It would be refused today. ")
                            + e.detail()
                            + " "
                            + String.join(
                                    "; ",
                                    e.violations().stream()
                                            .map(it -> it.pointer() + " " + it.message())
                                            .toList()),
                    false);
        } catch (EvaluationException e) {
            return new Today(reference, null, "The rules of today's version could not be evaluated.", false);
        }
    }
}
