package io.leeway.cli;

import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.diff.VersionFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway diff OLD NEW}: what a changed policy says otherwise, and who gets more leeway by it, and who less. */
@Command(
        name = "diff",
        description = "Show which cells of a policy changed, and prove whether that gives anybody more leeway.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nobody gets more leeway",
            "2:wrong arguments",
            "3:one of the two is not a policy: see the findings",
            "5:somebody gets more leeway, or it could not be told"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int LOOSER = 5;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD", description = "The directory of the policy as it was.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The directory of the policy as it is to be.")
    private Path next = Path.of("");

    @Option(names = "--json", description = "Print the differences as JSON.")
    private boolean json;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Without the service nothing configures the log, and Drools would tell what it does.
        Logger.getLogger("").setLevel(Level.WARNING);
        Instant now = Instant.now();
        PolicyFiles before = PolicyFiles.load(List.of(old), now);
        PolicyFiles after = PolicyFiles.load(List.of(next), now);
        CompiledPolicy was = before.policy();
        CompiledPolicy is = after.policy();
        if (was == null || is == null) {
            before.printErrors(terminal);
            after.printErrors(terminal);
            return PolicyFiles.FINDINGS;
        }
        VersionDiff diff = VersionDiff.of(
                new VersionFiles(before.files(), was.tables()), new VersionFiles(after.files(), is.tables()));
        if (json) {
            terminal.out().println(new String(diff.json(), StandardCharsets.UTF_8));
        } else {
            terminal.out().print(DiffText.of(diff));
        }
        return diff.meaning() == Meaning.EQUAL || diff.meaning() == Meaning.TIGHTER ? 0 : LOOSER;
    }
}
