package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.diff.VersionFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Versions that are compiled in this process: the last {@value #KEPT} that were asked for. Safe for use by several threads. */
@ApplicationScoped
public class CompiledVersions {
    static final int KEPT = 8;

    private static final Logger LOG = Logger.getLogger(CompiledVersions.class);

    private final Ledger ledger;
    private final PolicyVersions versions;
    private final Map<String, CompiledPolicy> kept = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
    private final Map<String, CompletableFuture<Optional<CompiledPolicy>>> underWay = new ConcurrentHashMap<>();

    CompiledVersions(Ledger ledger, PolicyVersions versions) {
        this.ledger = ledger;
        this.versions = versions;
    }

    /** The version with that digest if it is compiled already; null otherwise. Never blocks for long. */
    public @Nullable CompiledPolicy present(String digest) {
        synchronized (kept) {
            return kept.get(digest);
        }
    }

    /**
     * The version with that digest, compiled from its files if need be. Blocks, for as long as compiling takes.
     *
     * @return empty when no such version is kept, or when it does not compile
     * @throws Refusal {@code LEDGER_UNAVAILABLE} when the database does not answer
     */
    public Optional<CompiledPolicy> withDigest(String digest) {
        CompiledPolicy present = present(digest);
        if (present != null) {
            return Optional.of(present);
        }
        CompletableFuture<Optional<CompiledPolicy>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<CompiledPolicy>> others = underWay.putIfAbsent(digest, mine);
        if (others != null) {
            return join(others);
        }
        try {
            Optional<CompiledPolicy> compiled = compile(digest);
            compiled.ifPresent(this::keep);
            mine.complete(compiled);
            return compiled;
        } catch (SQLException e) {
            Refusal unreadable = Reads.unreadable();
            mine.completeExceptionally(unreadable);
            throw unreadable;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(digest);
        }
    }

    /** A version as it is compared with another; without tables where it does not compile. Blocks as {@link #withDigest}. */
    public VersionFiles files(PolicyVersion version) throws SQLException {
        return new VersionFiles(
                versions.files(version.name()),
                withDigest(version.digest()).map(CompiledPolicy::tables).orElse(null));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Keeps what was compiled elsewhere. */
    void keep(CompiledPolicy policy) {
        synchronized (kept) {
            kept.put(policy.digest(), policy);
            List<String> oldest = new ArrayList<>(kept.keySet());
            oldest.subList(0, Math.max(0, oldest.size() - KEPT)).forEach(kept::remove);
        }
    }

    /** Compiles what may come into force next, so that nobody has to wait for it then. */
    void prepare() throws SQLException {
        for (PolicyVersion version : versions.expected(KEPT / 2)) {
            if (present(version.digest()) == null) {
                withDigest(version.digest());
            }
        }
    }

    private Optional<CompiledPolicy> compile(String digest) throws SQLException {
        Optional<PolicyVersion> version = versions.withDigest(digest);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        String name = version.get().name();
        LocalDate today = LocalDate.ofInstant(ledger.moment().now(), ZoneOffset.UTC);
        CompiledPolicy policy =
                PolicyLoader.load(name, versions.files(name), today).policy();
        if (policy == null) {
            LOG.warnf("policy version %s does not compile", name);
        } else {
            LOG.infof(
                    "policy version %s is compiled: %d rows",
                    name, policy.tables().rows().size());
        }
        return Optional.ofNullable(policy);
    }
}
