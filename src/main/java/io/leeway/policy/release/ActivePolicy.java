package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Refusal;
import io.leeway.policy.Finding;
import io.leeway.policy.compile.CompiledPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The version that decides, compiled. Which one that is stands in the ledger's head row; a replica that meets a generation
 * it has not compiled gives no verdict until it has.
 */
@ApplicationScoped
public class ActivePolicy {
    private static final Logger LOG = Logger.getLogger(ActivePolicy.class);

    private final Ledger ledger;
    private final PolicyVersions versions;
    private final AtomicBoolean loading = new AtomicBoolean();
    private final ExecutorService compiler = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "policy-compiler");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Compiled compiled = new Compiled(0, null);
    private volatile List<Finding> findings = List.of();

    /** A generation and what it decides by; generation 0 has no policy. */
    private record Compiled(long generation, @Nullable CompiledPolicy policy) {}

    ActivePolicy(Ledger ledger, PolicyVersions versions) {
        this.ledger = ledger;
        this.versions = versions;
    }

    /** The version compiled last; null when none was ever active. For reading; deciding asks {@link #at}. */
    public @Nullable CompiledPolicy current() {
        return compiled.policy();
    }

    /** The version with that digest, as far as it is compiled here; null when it is not. */
    public @Nullable CompiledPolicy withDigest(String digest) {
        CompiledPolicy policy = compiled.policy();
        return policy != null && policy.digest().equals(digest) ? policy : null;
    }

    /** Why there is no policy, or what was noticed about the one there is. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The version that is active at the transaction's position; null when none ever was.
     *
     * @throws Refusal {@code POLICY_LOADING} when it is not compiled here yet
     */
    public @Nullable CompiledPolicy at(LedgerTransaction tx) {
        Compiled present = compiled;
        if (present.generation() == tx.policyGeneration()) {
            return present.policy();
        }
        loadSoon();
        throw new Refusal(
                Refusal.Kind.UNAVAILABLE,
                "POLICY_LOADING",
                "This replica is still compiling the active policy version. There is no verdict: treat the action as human in"
                        + " control.");
    }

    /** Compiles the active version from the database, if there is one and it is not compiled here. Blocks. */
    public void load() throws SQLException {
        Ledger.Moment moment = ledger.moment();
        long generation = moment.head().policyGeneration();
        if (generation == 0 || generation == compiled.generation()) {
            return;
        }
        PolicyVersions.Version version = versions.ofGeneration(generation);
        PolicyLoader.Loaded loaded =
                PolicyLoader.load(version.name(), version.files(), LocalDate.ofInstant(moment.now(), ZoneOffset.UTC));
        findings = loaded.findings();
        if (loaded.policy() == null) {
            throw new IllegalStateException("the active policy version " + version.name() + " does not compile");
        }
        put(generation, loaded.policy());
    }

    /** Takes over a version that was compiled aside, once the ledger says that it is active. */
    void inForce(long generation, CompiledPolicy policy) {
        put(generation, policy);
    }

    void found(List<Finding> found) {
        findings = found;
    }

    private synchronized void put(long generation, CompiledPolicy policy) {
        compiled = new Compiled(generation, policy);
        LOG.infof(
                "policy version %s is compiled: %d rows",
                policy.version(), policy.tables().rows().size());
    }

    private void loadSoon() {
        if (loading.compareAndSet(false, true)) {
            compiler.execute(() -> {
                try {
                    load();
                } catch (SQLException | RuntimeException e) {
                    LOG.error("the active policy version could not be compiled", e);
                } finally {
                    loading.set(false);
                }
            });
        }
    }
}
