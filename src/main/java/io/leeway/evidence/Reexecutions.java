package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.ledger.Reads;
import io.leeway.policy.release.ActivePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Makes recorded decisions again, by the version that decided them and by today's. Records nothing. */
@ApplicationScoped
public class Reexecutions {
    private final DecisionEntries entries;
    private final ActivePolicy policies;

    Reexecutions(DecisionEntries entries, ActivePolicy policies) {
        this.entries = entries;
        this.policies = policies;
    }

    /**
     * The decision with that id, made again; empty when there is none that may be seen. Blocks.
     *
     * @param visible whether decisions of that agent may be seen
     * @throws io.leeway.model.Refusal {@code LEDGER_UNAVAILABLE} when the ledger cannot be read
     */
    public Optional<Reexecution> reexecute(UUID id, Predicate<String> visible) {
        try {
            return entries.find(id)
                    .filter(decision -> visible.test(decision.agent()))
                    .map(decision -> Reexecution.of(decision, policies::withDigest, policies.current()));
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }
}
