package io.leeway.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input that the agent acted on. What it held ({@code values}) is kept with the facts as sent and is not matched on.
 *
 * @param source where it came from, {@code ""} when absent
 * @param observedAt when it was true, null when undated
 * @param schema version of its form, {@code ""} when absent
 * @param lineage the systems it passed through, in order
 * @param digest digest of the original, {@code ""} when absent
 */
public record Evidence(
        String name, String source, @Nullable Instant observedAt, String schema, List<String> lineage, String digest) {
    public Evidence {
        lineage = List.copyOf(lineage);
    }
}
