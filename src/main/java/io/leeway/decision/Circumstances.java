package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Activity;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.compile.CompiledPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal sees at its position: everything that decides about it and was not sent with it.
 *
 * @param now the ledger's time
 * @param stage what the agent has earned for the action type
 * @param stops active stops in scope, oldest first
 * @param depth causal depth in its trace
 * @param repeats earlier occurrences in its trace
 * @param activity what was lately done, as far as the policy asks
 * @param policy the active version; null when there is none
 */
record Circumstances(
        Instant now,
        Stage stage,
        List<StopInScope> stops,
        long depth,
        long repeats,
        Activity activity,
        @Nullable CompiledPolicy policy) {
    Circumstances {
        stops = List.copyOf(stops);
    }

    /** The proposal with what is derived from here. */
    Proposal derive(Proposal proposal) {
        Map<String, String> schemas = policy == null
                ? Map.of()
                : policy.tables().requiredSchemas(proposal.action().type());
        return proposal.at(now, stage, schemas, depth, repeats, activity);
    }
}
