package io.leeway.bench;

import io.agroal.api.AgroalDataSource;
import io.leeway.decision.DecidedProposals;
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
import java.util.List;
import java.util.Objects;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;

/**
 * How many recorded decisions are replayed in a second, and in how much memory: {@code java -Xmx64m … ReplayRate <data directory>
 * [<limit>]} on a ledger that {@link EarlierDecisions} made, with a version of which one cell differs. Run with one limit and with
 * a tenth of it, the heap must be the same.
 */
public final class ReplayRate {
    private ReplayRate() {}

    public static void main(String... arguments) throws Exception {
        LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
        List<PolicyFile> files = MutatedPolicies.versions(2).get(1);
        CompiledPolicy candidate = Objects.requireNonNull(
                PolicyLoader.load("candidate", files, MutatedPolicies.TODAY).policy());
        System.gc();
        System.out.printf("heap before: %d MB%n", used() >> 20);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]));
                AgroalDataSource source = EarlierDecisions.migrated(database)) {
            Long limit = arguments.length > 1 ? Long.valueOf(arguments[1]) : null;
            long started = System.nanoTime();
            ReplayResult result = Replay.run(
                    DecidedProposals.entries(SeededLedger.ledger(source, "default")),
                    candidate,
                    new ReplayRange(null, null, limit),
                    new ReplayProgress());
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    "%d of %d decisions in %.1f s, %.0f/s; %d change; matrix %s%n",
                    result.decisions(),
                    result.inRange(),
                    seconds,
                    result.decisions() / seconds,
                    result.changed(),
                    result.matrix());
        }
        System.out.printf("heap at most: %d MB, after collection: ", peak() >> 20);
        System.gc();
        System.out.printf("%d MB%n", used() >> 20);
        System.exit(0);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Of all heap pools, each at its own peak, so rather too much than too little. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
