package io.leeway.policy.release;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the installation's own files while database and service still start. Most often they are the version in force,
 * and it is ready when it is asked for; if not, the rule engine and its compiler are at least loaded.
 */
public final class CompiledAhead {
    private static final AtomicReference<@Nullable CompletableFuture<PolicyLoader.Loaded>> AHEAD =
            new AtomicReference<>();
    private static final Executor THREAD = task -> {
        Thread thread = new Thread(task, "policy-ahead");
        thread.setDaemon(true);
        thread.start();
    };

    private CompiledAhead() {}

    /** Begins, on a thread of its own. What is wrong with the files is left to be found by who needs them. */
    public static void begin(List<Path> directories, LocalDate today) {
        AHEAD.set(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return PolicyLoader.compile("ahead", PolicyDirectory.read(directories), today);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                THREAD));
    }

    /** What was compiled ahead under its name, if it was these files on that day; waits for it, and gives it away once. */
    static PolicyLoader.@Nullable Loaded take(String version, List<PolicyFile> files, LocalDate today) {
        CompletableFuture<PolicyLoader.Loaded> ahead = AHEAD.getAndSet(null);
        PolicyLoader.Loaded loaded =
                ahead == null ? null : ahead.exceptionally(failure -> null).join();
        if (loaded == null || !loaded.today().equals(today)) {
            return null;
        }
        CompiledPolicy policy = loaded.policy();
        return policy != null && policy.digest().equals(PolicyFile.digestOf(files))
                ? new PolicyLoader.Loaded(policy.named(version), loaded.findings(), today)
                : null;
    }
}
