package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.CompiledVersions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Explains decisions out of their recorded facts and the policy version that their record names, so that deciding pays
 * nothing for it. Takes the time of one search ({@link io.leeway.policy.counterfactual.Counterfactuals#of}); asks the database
 * and compiles only for a version that is not among the last that were.
 */
@ApplicationScoped
public class Explanations {
    private final CompiledVersions versions;

    Explanations(CompiledVersions versions) {
        this.versions = versions;
    }

    /** What happened, who answers for it, why, and why not otherwise. */
    public DecisionExplanation explain(RecordedDecision recorded) {
        return DecisionExplanation.of(recorded, this::withDigest);
    }

    /** @param facts as they are recorded, or would be for a simulation; null once erased */
    public WhyNot whyNot(Decision decision, byte @Nullable [] facts) {
        return WhyNot.of(decision, facts == null ? null : RecordedFacts.read(facts), this::withDigest);
    }

    private @Nullable CompiledPolicy withDigest(String digest) {
        return versions.withDigest(digest).orElse(null);
    }
}
