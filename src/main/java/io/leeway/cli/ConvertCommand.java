package io.leeway.cli;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.Conversion;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.policy.table.StockExport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway convert FILE…}: writes the workbooks of a version in another layout, or as other files. */
@Command(
        name = "convert",
        description = "Write decision tables in another layout or as other files, with the same meaning.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    private static final int FINDINGS = 3;

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Workbooks, CSV files, or directories of them.")
    private List<Path> sources = List.of();

    @Option(
            names = "--layout",
            defaultValue = "PLAIN",
            description = "PLAIN for policy owners, DROOLS for the Drools layout. Default: ${DEFAULT-VALUE}")
    private Conversion.Layout layout = Conversion.Layout.PLAIN;

    @Option(names = "--format", defaultValue = "XLSX", description = "XLSX or CSV. Default: ${DEFAULT-VALUE}")
    private Conversion.Format format = Conversion.Format.XLSX;

    @Option(names = "--drools", description = "Write CSV for stock drools-decisiontables, instead of either layout.")
    private boolean stock;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Where to write; files that are there already are left alone, and nothing is written.")
    private Path out = Path.of("");

    ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** 3 when something is wrong with the tables, or cannot be said in the other layout; then nothing is written. */
    @Override
    public Integer call() {
        try {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            Conversion.Converted converted =
                    stock ? stock(files(), today) : Conversion.convert(files(), layout, format, today);
            converted.problems().forEach(terminal.err()::println);
            if (!converted.problems().isEmpty()) {
                return FINDINGS;
            }
            write(converted.files());
            return 0;
        } catch (IOException e) {
            throw CommandException.failed("cannot read or write `" + e.getMessage() + "`");
        }
    }

    private static Conversion.Converted stock(List<PolicyFile> files, LocalDate today) {
        Reading reading = PolicyReader.read(files, today);
        PolicyTables tables = reading.tables();
        if (tables == null) {
            return new Conversion.Converted(
                    List.of(), reading.findings().stream().map(Object::toString).toList());
        }
        List<String> problems = StockExport.problems(tables);
        if (!problems.isEmpty()) {
            return new Conversion.Converted(List.of(), problems);
        }
        List<PolicyFile> written = new ArrayList<>();
        StockExport.csv(tables)
                .forEach((name, text) -> written.add(new PolicyFile(name, text.getBytes(StandardCharsets.UTF_8))));
        return new Conversion.Converted(written, List.of());
    }

    private List<PolicyFile> files() throws IOException {
        List<PolicyFile> files = new ArrayList<>();
        for (Path source : sources) {
            files.addAll(Files.isDirectory(source) ? PolicyDirectory.read(List.of(source)) : List.of(read(source)));
        }
        return files;
    }

    private static PolicyFile read(Path path) throws IOException {
        return new PolicyFile(path.getFileName().toString(), Files.readAllBytes(path));
    }

    private void write(List<PolicyFile> files) throws IOException {
        Files.createDirectories(out);
        for (PolicyFile file : files) {
            if (Files.exists(out.resolve(file.name()))) {
                throw CommandException.failed("`" + out.resolve(file.name()) + "` is there already");
            }
        }
        for (PolicyFile file : files) {
            Files.write(out.resolve(file.name()), file.bytes());
            terminal.out().println(out.resolve(file.name()));
        }
    }
}
