package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.ledger.Reads;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.policy.release.CompiledVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes recorded decisions again, by the version that decided them and by today's. Records nothing. */
@ApplicationScoped
public class Reexecutions {
    private final DecisionEntries entries;
    private final CompiledVersions versions;
    private final ActivePolicy active;

    Reexecutions(DecisionEntries entries, CompiledVersions versions, ActivePolicy active) {
        this.entries = entries;
        this.versions = versions;
        this.active = active;
    }

    /**
     * The decision with that id, made again; empty when there is none that may be seen. Blocks, and compiles its version unless
     * that is among the last that were.
     *
     * @param visible whether decisions of that agent may be seen
     * @throws io.leeway.model.Refusal {@code LEDGER_UNAVAILABLE} when the ledger cannot be read
     */
    public Optional<Reexecution> reexecute(UUID id, Predicate<String> visible) {
        try {
            return entries.find(id)
                    .filter(decision -> visible.test(decision.agent()))
                    .map(decision -> Reexecution.of(decision, this::withDigest, active.current()));
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    private @Nullable CompiledPolicy withDigest(String digest) {
        return versions.withDigest(digest).orElse(null);
    }
}
