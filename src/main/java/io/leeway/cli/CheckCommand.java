package io.leeway.cli;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.PolicyCheck;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.AnnotatedCopy;
import io.leeway.policy.table.Excerpts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway check DIR…}: everything that can be said about the policy in directories, without a service. */
@Command(
        name = "check",
        description = "Check the *.xlsx, *.csv and *.drl files of a policy, prove its guarantees, run its tests.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no errors",
            "2:wrong arguments",
            "3:errors: this policy would not become active",
            "4:nothing is wrong but tests that fail"
        })
final class CheckCommand implements Callable<Integer> {
    /** There are findings of severity ERROR. */
    static final int ERRORS = 3;

    /** Tests fail, and nothing else is wrong. */
    private static final int FAILED_TESTS = 4;

    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "Where the files are; directories in it are left out.")
    private List<Path> directories = List.of();

    @Option(names = "--json", description = "Print the findings as a JSON array.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the findings as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--annotate",
            paramLabel = "DIR",
            description = "Also write a copy of each workbook with findings, the cells coloured and with notes.")
    private @Nullable Path copies;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Without the service nothing configures the log, and Drools would tell what it does.
        Logger.getLogger("").setLevel(Level.WARNING);
        List<PolicyFile> files = read();
        PolicyCheck check = PolicyCheck.of(files, LocalDate.now(ZoneOffset.UTC));
        List<Finding> findings = withOverlooked(check.findings());
        if (json) {
            terminal.out().println(FindingJson.array(findings, check.witnesses()));
        } else {
            FindingText text = new FindingText(new Excerpts(files), check.witnesses(), terminal.colour());
            terminal.out().print(text.all(findings, files.size()));
        }
        if (junit != null) {
            write(junit, JUnitReport.of(files, findings));
        }
        if (copies != null) {
            annotate(copies, files, findings);
        }
        return check.hasErrors() ? ERRORS : check.hasFailedTests() ? FAILED_TESTS : 0;
    }

    private List<PolicyFile> read() {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw CommandException.misused("`" + directory + "` is no directory");
            }
            if (copies != null && isSame(copies, directory)) {
                throw CommandException.misused("`--annotate` needs another directory than that of the workbooks");
            }
        }
        try {
            return PolicyDirectory.read(directories);
        } catch (IOException e) {
            throw CommandException.misused("a directory cannot be read: " + e.getMessage());
        }
    }

    /** Adds the files that look like tables and are none. */
    private List<Finding> withOverlooked(List<Finding> findings) {
        try {
            List<Finding> all = new ArrayList<>(findings);
            for (Path directory : directories) {
                all.addAll(PolicyDirectory.overlooked(directory));
            }
            all.sort(Finding.ORDER);
            return all;
        } catch (IOException e) {
            throw CommandException.misused("a directory cannot be read: " + e.getMessage());
        }
    }

    private void annotate(Path target, List<PolicyFile> files, List<Finding> findings) {
        for (PolicyFile file : files) {
            if (file.isDrl() || findings.stream().noneMatch(it -> it.file().equals(file.name()))) {
                AnnotatedCopy.cleaned(file).ifPresent(it -> write(target.resolve(it.name()), it.bytes()));
                continue;
            }
            Optional<PolicyFile> copy = AnnotatedCopy.of(file, findings);
            if (copy.isPresent()) {
                write(target.resolve(copy.get().name()), copy.get().bytes());
            } else {
                terminal.err()
                        .println("leeway: no annotated copy of `" + Printable.of(file.name()) + "`: it cannot be read");
            }
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || (Files.exists(one) && Files.isSameFile(one, other));
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path path, byte[] bytes) {
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(path, bytes);
        } catch (IOException e) {
            throw CommandException.misused("`" + path + "` cannot be written: " + e.getMessage());
        }
    }
}
