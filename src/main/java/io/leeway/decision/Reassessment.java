package io.leeway.decision;

import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded facts once more: with the time, stage, stops and trace of then, and nothing of today. Neither lane nor
 * ledger take part, so it may run on any thread.
 */
public final class Reassessment {
    /** Nobody waits for the verdict, and what it comes to must not hang on how busy the machine is. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** The version asks for recent activity that the version that decided did not ask for. */
    public static final String NOT_RECORDED = "ACTIVITY_NOT_RECORDED";

    private static final PolicyTables NONE = new PolicyTables(List.of(), Map.of(), Map.of());

    private Reassessment() {}

    /**
     * What the policy says of the facts.
     *
     * @param policy null for what is said when no version is active
     * @throws Refusal {@code ACTIVITY_NOT_RECORDED} when it asks for recent activity that nobody asked for then; {@code
     *     ACTION_NOT_AS_DECLARED} when it breaks that version's {@code Actions} or {@code Vocabulary} sheet
     * @throws EvaluationException when the rules cannot be evaluated; the lane would say human in control
     */
    public static Verdict of(RecordedFacts facts, @Nullable CompiledPolicy policy) throws EvaluationException {
        if (policy != null && !policy.activityQuestions().areAnsweredBy(facts.activity(), facts.sent())) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    NOT_RECORDED,
                    "The version asks for recent activity that was not recorded with the decision.");
        }
        Circumstances circumstances = new Circumstances(
                facts.now(), facts.stage(), facts.stops(), facts.depth(), facts.repeats(), facts.activity(), policy);
        return Assessment.evaluated(facts.proposal(policy == null ? NONE : policy.tables()), circumstances, DEADLINE);
    }

    /** The verdict in the bytes of a record: the same verdict gives the same bytes. */
    public static byte[] result(Verdict verdict) {
        return VerdictJson.write(verdict);
    }
}
