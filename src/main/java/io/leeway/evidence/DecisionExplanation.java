package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.policy.compile.CompiledPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A decision with everything that can be said about it.
 *
 * @param text the whole in plain paragraphs, with a blank line between them
 */
public record DecisionExplanation(Decision decision, WhyNot whyNot, Accountability accountability, String text) {
    /** @param versions the policy with a digest, null when it cannot be loaded */
    static DecisionExplanation of(RecordedDecision recorded, Function<String, @Nullable CompiledPolicy> versions) {
        byte[] bytes = recorded.facts();
        RecordedFacts facts = bytes == null ? null : RecordedFacts.read(bytes);
        WhyNot whyNot = WhyNot.of(recorded.decision(), facts, versions);
        Accountability accountability = Accountability.of(recorded, facts);
        String text = new Account(recorded, facts, accountability, whyNot).text();
        return new DecisionExplanation(recorded.decision(), whyNot, accountability, text);
    }
}
