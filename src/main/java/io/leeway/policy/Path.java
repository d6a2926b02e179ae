package io.leeway.policy;

import io.leeway.model.ActivityQuery;
import io.leeway.model.Proposal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a condition may ask of a proposal, with its arguments filled in.
 *
 * @param text canonical spelling, {@code evidence.staleAfter("charge.record", "PT15M")}; equal text means equal path
 * @param read {@link String}, {@link java.math.BigDecimal} or {@link Boolean} according to {@code type}; null when absent
 * @param evidenceAge set when the value turns with the age of evidence, and only with it
 * @param activity set when it asks for recent activity
 */
public record Path(
        String text,
        PathType type,
        Function<Proposal, @Nullable Object> read,
        @Nullable EvidenceAge evidenceAge,
        @Nullable ActivityQuery activity) {

    /** A path that asks for nothing but the proposal itself. */
    public Path(
            String text, PathType type, Function<Proposal, @Nullable Object> read, @Nullable EvidenceAge evidenceAge) {
        this(text, type, read, evidenceAge, null);
    }

    /** Which evidence, and the age limit as ISO 8601 text: what bounds the life of a permit. */
    public record EvidenceAge(String evidence, String limit) {}

    /** The value for this proposal, null when absent. */
    public @Nullable Object valueOf(Proposal proposal) {
        return read.apply(proposal);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Path path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
