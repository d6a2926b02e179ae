package io.leeway.cli;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.WorkbookTemplate;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway new NAME}: a first workbook for a policy owner, with examples of everything, sound as it is. */
@Command(
        name = "new",
        description = "Write a workbook to begin with: tables with examples, tests, drop-downs, and how to fill it in.",
        mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            description = "What it is about, such as returns. Its file, ids and action types get that name.")
    private String name = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where to write it; here otherwise. A file that is there already is left alone.")
    private Path out = Path.of("");

    @Option(names = "--owner", paramLabel = "WHO", description = "Who answers for its rows: a person or a group.")
    private @Nullable String owner;

    NewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** 1 when there is such a file already; nothing is written then. */
    @Override
    public Integer call() {
        if (!WorkbookTemplate.NAME.matcher(name).matches()) {
            throw CommandException.misused("`" + Printable.of(name)
                    + "` cannot be the name: a letter first, then letters, digits, `_` and `-`, 30 at most");
        }
        String who = owner == null || owner.isBlank()
                ? name.toLowerCase(Locale.ROOT) + "-policy@example.com"
                : owner.strip();
        Path file = out.resolve(name + ".xlsx");
        try {
            Files.createDirectories(out.toAbsolutePath());
            List<PolicyFile> beside = PolicyDirectory.read(List.of(out.toAbsolutePath()));
            PolicyFile starter = WorkbookTemplate.starter(name, who, beside, LocalDate.now(ZoneOffset.UTC));
            Files.write(file, starter.bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw CommandException.failed("`" + e.getFile() + "` is there already");
        } catch (IOException e) {
            throw CommandException.failed("`" + file + "` cannot be written: " + e.getMessage());
        }
        terminal.out().println(file);
        return 0;
    }
}
