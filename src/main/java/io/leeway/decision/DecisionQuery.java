package io.leeway.decision;

import io.leeway.model.Mode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to search for; null asks for nothing. Newest first.
 *
 * @param subject {@code <type>/<id>}, {@code <type>:<id>} or the bare id
 * @param rule a rule id that must be among the matched
 * @param enforced whether it bound the agent, or was only observed
 * @param from first moment, inclusive
 * @param to last moment, exclusive
 * @param agents only these agents; empty for any
 * @param before only positions below this one, for paging; {@link Long#MAX_VALUE} for the first page
 * @param limit at least 1
 */
public record DecisionQuery(
        @Nullable String agent,
        @Nullable String actionType,
        @Nullable String subject,
        @Nullable Mode mode,
        @Nullable String rule,
        @Nullable String trace,
        @Nullable Boolean enforced,
        @Nullable Instant from,
        @Nullable Instant to,
        Set<String> agents,
        long before,
        int limit) {}
