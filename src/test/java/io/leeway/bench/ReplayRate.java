package io.leeway.bench;

import io.agroal.api.AgroalDataSource;
import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntries;
import io.leeway.decision.EarlierDecisions;
import io.leeway.evidence.Replay;
import io.leeway.evidence.ReplayProgress;
import io.leeway.evidence.ReplayRange;
import io.leeway.evidence.ReplayResult;
import io.leeway.ledger.SeededLedger;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.MutatedPolicies;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.server.EmbeddedDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * How many recorded decisions are replayed in a second, and in how much memory: {@code java -Xmx96m … ReplayRate <data directory>
 * [<limit>]} on a ledger that {@link EarlierDecisions} made; under a version of which one cell differs, then under one that lacks
 * the workbook that most of them were decided by. With a limit of a tenth, the heap must be the same.
 */
public final class ReplayRate {
    private ReplayRate() {}

    public static void main(String... arguments) throws Exception {
        LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
        List<List<PolicyFile>> versions = MutatedPolicies.versions(2);
        CompiledPolicy oneCell = compiled("one-cell", versions.get(1));
        CompiledPolicy without = compiled(
                "without-billing",
                versions.get(0).stream()
                        .filter(file -> !file.name().equals("billing.xlsx"))
                        .toList());
        Long limit = arguments.length > 1 ? Long.valueOf(arguments[1]) : null;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]));
                AgroalDataSource source = EarlierDecisions.migrated(database)) {
            DecisionEntries entries = DecidedProposals.entries(SeededLedger.ledger(source, "default"));
            measure(entries, oneCell, limit);
            measure(entries, without, limit);
        }
        System.exit(0);
    }

    private static void measure(DecisionEntries entries, CompiledPolicy candidate, @Nullable Long limit)
            throws SQLException {
        System.gc();
        long before = used();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long started = System.nanoTime();
        ReplayResult result = Replay.run(entries, candidate, new ReplayRange(null, null, limit), new ReplayProgress());
        double seconds = (System.nanoTime() - started) / 1e9;
        long peak = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.gc();
        System.out.printf(
                "%s: %d of %d decisions in %.1f s, %.0f/s; %d change; heap %d MB before, at most %d MB, %d MB after%n",
                candidate.version(),
                result.decisions(),
                result.inRange(),
                seconds,
                result.decisions() / seconds,
                result.changed(),
                before >> 20,
                peak >> 20,
                used() >> 20);
    }

    private static CompiledPolicy compiled(String name, List<PolicyFile> files) {
        PolicyLoader.Loaded loaded = PolicyLoader.load(name, files, MutatedPolicies.TODAY);
        return Objects.requireNonNull(loaded.policy(), () -> loaded.findings().toString());
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The peak is taken of each by itself, so the sum is rather too much than too little. */
    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
