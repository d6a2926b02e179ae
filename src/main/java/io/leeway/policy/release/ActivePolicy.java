package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.model.Refusal;
import io.leeway.policy.Finding;
import io.leeway.policy.compile.CompiledPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The version that decides. Which one that is stands in the ledger's head row; a replica that meets a generation it has not
 * compiled gives no verdict until it has.
 */
@ApplicationScoped
public class ActivePolicy implements Replica {
    private static final Logger LOG = Logger.getLogger(ActivePolicy.class);

    /** How soon loading is tried again after it failed. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A generation that no head row has. */
    private static final long UNKNOWN = -1;

    private final Ledger ledger;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "policy-loader");
        thread.setDaemon(true);
        return thread;
    });
    /** What was in force last and is compiled: for those who only read. */
    private volatile @Nullable CompiledPolicy current;

    private volatile InForce inForce = new InForce(0, null, null);
    private volatile @Nullable CompletableFuture<Void> loading;
    /** When loading failed last, in {@link System#nanoTime} terms; 0 when it did not. */
    private volatile long failed;

    private volatile List<Finding> findings = List.of();

    /**
     * A generation and what it decides by.
     *
     * @param version null in generation 0, which has no policy
     * @param policy null until the version is compiled here
     */
    private record InForce(
            long generation,
            @Nullable PolicyVersion version,
            @Nullable CompiledPolicy policy) {
        boolean isReady() {
            return generation == 0 || policy != null;
        }
    }

    ActivePolicy(Ledger ledger, PolicyVersions versions, CompiledVersions compiled) {
        this.ledger = ledger;
        this.versions = versions;
        this.compiled = compiled;
    }

    /** The version compiled last of those that were active; null when none was. For reading; deciding asks {@link #at}. */
    public @Nullable CompiledPolicy current() {
        return current;
    }

    /** Why there is no policy, or what was noticed about the one there is. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether the version that is active at the transaction's position can decide here. Only inside the lane. */
    public boolean isReady(LedgerTransaction tx) {
        InForce present = inForce;
        return present.generation() == tx.policyGeneration() && present.isReady();
    }

    /**
     * The version that is active at the transaction's position; null when none ever was. Only inside the lane, after
     * {@link #catchUp}.
     *
     * @throws Refusal {@code POLICY_LOADING} when it is not compiled here yet
     */
    public @Nullable CompiledPolicy at(LedgerTransaction tx) {
        InForce present = inForce;
        if (present.generation() == tx.policyGeneration() && present.isReady()) {
            return present.policy();
        }
        throw loadingRefusal();
    }

    /** What those are told who could not wait until the active version was compiled here. */
    public static Refusal loadingRefusal() {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                "POLICY_LOADING",
                "This replica is still compiling the active policy version. There is no verdict: treat the action as human in"
                        + " control.");
    }

    /** Takes over the version that the head row names, if it is compiled here; a look at the database only when it moved. */
    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        long generation = tx.policyGeneration();
        InForce present = inForce;
        if (present.generation() != generation) {
            present = new InForce(
                    generation, generation == 0 ? null : versions.ofGeneration(tx.connection(), generation), null);
            inForce = present;
        }
        PolicyVersion version = present.version();
        CompiledPolicy policy = version == null || present.policy() != null ? null : compiled.present(version.digest());
        if (version != null && policy != null) {
            CompiledPolicy named = named(policy, version);
            inForce = new InForce(generation, version, named);
            show(named);
        }
    }

    @Override
    public void forget() {
        inForce = new InForce(UNKNOWN, null, null);
    }

    /** Lets another thread compile what the head row names, and waits for that, no longer than so long. */
    public void awaitLoading(Duration patience) throws InterruptedException {
        CompletableFuture<Void> under = loading;
        if (under == null || (under.isDone() && System.nanoTime() - failed > RETRY.toNanos())) {
            under = CompletableFuture.runAsync(this::loadOrLog, loader);
            loading = under;
        }
        try {
            under.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (failed != 0) {
                TimeUnit.NANOSECONDS.sleep(patience.toNanos());
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.trace("the active policy version is not there yet", e);
        }
    }

    /** Compiles the active version and those that may follow it, unless they are compiled here. Blocks. */
    public void load() throws SQLException {
        InForce present = inForce;
        long generation = ledger.head().policyGeneration();
        if (generation != 0 && !(generation == present.generation() && present.isReady())) {
            PolicyVersion active = versions.active().orElseThrow(() -> new SQLException("no policy version is active"));
            CompiledPolicy policy = compiled.withDigest(active.digest())
                    .orElseThrow(() -> new IllegalStateException(
                            "the active policy version " + active.name() + " does not compile"));
            show(named(policy, active));
        }
        compiled.prepare();
    }

    void found(List<Finding> found) {
        findings = found;
    }

    /** Another version may have the same files under another name. */
    private static CompiledPolicy named(CompiledPolicy policy, PolicyVersion version) {
        return policy.version().equals(version.name()) ? policy : policy.named(version.name());
    }

    private void show(CompiledPolicy policy) {
        CompiledPolicy before = current;
        current = policy;
        if (before == null || !before.version().equals(policy.version())) {
            LOG.infof("policy version %s is in force", policy.version());
        }
    }

    private void loadOrLog() {
        try {
            load();
            failed = 0;
        } catch (SQLException | RuntimeException e) {
            failed = System.nanoTime();
            LOG.error("the active policy version could not be compiled", e);
        }
    }
}
