package io.leeway.policy.counterfactual;

import io.leeway.model.Proposal;
import io.leeway.policy.Path;
import io.leeway.policy.TestInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller could change: the amount, the confidence, an attribute, a piece of evidence.
 *
 * @param kind how useful a change of it is
 * @param path what reads it; null for a piece of evidence, which several paths read
 * @param evidence name of the piece of evidence; {@code ""} for other fields
 * @param choices what it could be instead, nearest first; they stand for all others
 */
record Field(String name, Kind kind, @Nullable Path path, String evidence, List<Choice> choices) {
    Field {
        choices = List.copyOf(choices);
    }

    /** From what is changed most readily to what should hardly be changed for a verdict's sake. */
    enum Kind {
        EVIDENCE,
        AMOUNT,
        ATTRIBUTE,
        REVERSIBLE,
        CONFIDENCE
    }

    boolean isEvidence() {
        return kind == Kind.EVIDENCE;
    }

    /**
     * One other value.
     *
     * @param facts what to give for it
     * @param proposal the decided proposal with nothing but that changed
     */
    record Choice(Map<TestInput, Object> facts, Proposal proposal) {}
}
