package io.leeway.cli;

import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.proof.BoundaryCases;
import io.leeway.policy.proof.BoundaryCases.BoundaryCase;
import io.leeway.policy.proof.Coverage;
import io.leeway.policy.proof.TestLines;
import io.leeway.policy.proof.TestRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway test DIR…}: runs the tests of the workbooks, offline. */
@Command(
        name = "test",
        description = "Run the Tests sheets of the policy in the directories, without a service.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all tests passed",
            "2:wrong arguments",
            "3:the files are not a policy: see the findings",
            "4:a test failed"
        })
final class TestCommand implements Callable<Integer> {
    private static final int FAILED = 4;

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Workbooks, CSV and DRL files are directly in it.")
    private List<Path> directories = List.of();

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the results as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--propose",
            description = "Print the missing boundary cases as lines of CSV to paste, with what the policy says today.")
    private boolean propose;

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Tests that do not say when run at noon of the day: their result must not change with the hour.
        Instant now = Instant.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atTime(LocalTime.NOON)
                .toInstant(ZoneOffset.UTC);
        PolicyFiles files = PolicyFiles.load(directories, now);
        CompiledPolicy policy = files.policy();
        if (policy == null) {
            files.printErrors(terminal);
            return PolicyFiles.FINDINGS;
        }
        TestRun run = TestRun.of(policy, now);
        if (junit != null) {
            write(run, junit);
        }
        print(policy, run, now);
        return run.passed() ? 0 : FAILED;
    }

    private void print(CompiledPolicy policy, TestRun run, Instant now) {
        List<BoundaryCase> missing = BoundaryCases.missing(policy, run, now);
        List<String> headings = BoundaryCases.headings(policy.tables().tests(), missing);
        Coverage coverage = Coverage.of(policy.tables().rows(), run.trials());
        if (json) {
            terminal.out().println(TestReport.json(run, coverage, missing.size()));
        } else if (!propose) {
            terminal.out().print(TestReport.text(run, coverage, missing.size()));
        }
        if (propose && !json) {
            TestLines.of(headings, missing).forEach(terminal.out()::println);
        }
    }

    private static void write(TestRun run, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            JUnitXml.write(run, out);
        } catch (IOException | XMLStreamException e) {
            throw CommandException.misused("`" + file + "` cannot be written");
        }
    }
}
