package io.leeway.evidence;

import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.MutatedPolicies;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.release.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;

/**
 * Makes decisions again in a process of its own: {@code java … ReexecutionProcess <directory>}, where {@code versions.txt} has a
 * line {@code <digest> <directory of its files>} for each version, and {@code decisions} is a {@link DecisionFile}. Says where it
 * ran, then how many came out the same.
 */
final class ReexecutionProcess {
    private final Map<String, CompiledPolicy> versions = new HashMap<>();
    private long equal;
    private long different;
    private long unknown;

    private ReexecutionProcess() {}

    public static void main(String... arguments) throws IOException {
        LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
        System.out.println("java " + Runtime.version().feature() + " zone " + ZoneId.systemDefault() + " locale "
                + Locale.getDefault());
        System.out.println(new ReexecutionProcess().count(Path.of(arguments[0])));
    }

    /** {@code equal 100 different 0 unknown 0}. */
    private String count(Path directory) throws IOException {
        for (String line : Files.readAllLines(directory.resolve("versions.txt"))) {
            String[] parts = line.split(" ", 2);
            Path files = directory.resolve(parts[1]);
            PolicyLoader.Loaded loaded =
                    PolicyLoader.load(parts[1], PolicyDirectory.read(List.of(files)), MutatedPolicies.TODAY);
            versions.put(
                    parts[0],
                    Objects.requireNonNull(
                            loaded.policy(), () -> loaded.findings().toString()));
        }
        DecisionFile.read(directory.resolve("decisions"), decision -> {
            Reexecution again = Reexecution.of(decision, versions::get, null);
            if (again.equal() == null) {
                unknown++;
            } else if (again.equal()) {
                equal++;
            } else if (different++ < 3) {
                System.out.println(again.decisionId() + " " + again.difference());
            }
        });
        return "equal " + equal + " different " + different + " unknown " + unknown;
    }
}
