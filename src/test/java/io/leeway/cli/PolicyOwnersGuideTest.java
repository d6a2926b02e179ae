package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.api.json.ProposalReader;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.CellEdit;
import io.leeway.testing.Newcomer;
import io.leeway.testing.Office;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide for policy owners, followed line by line in an empty directory: its commands run, print what it shows and exit
 * with 0 or as it says; its files are written, its steps in the spreadsheet done. Comments, which readers do not see, say
 * what a block is: {@code <!-- file: case.json -->}, {@code <!-- step: mend in marked/returns.xlsx -->},
 * {@code <!-- exits with 3 -->}.
 */
class PolicyOwnersGuideTest {
    private static final Path GUIDE = Path.of("docs/policy-owners.md");
    private static final Pattern PART =
            Pattern.compile("(?ms)^[ ]*<!-- ([^\\n]*?) -->$|^[ ]*```(\\w+)\\n(.*?)^[ ]*```$");
    private static final Pattern FILE = Pattern.compile("file: (.+)");
    private static final Pattern STEP = Pattern.compile("step: (.+) in (.+)");
    private static final Pattern EXIT = Pattern.compile("exits with ([0-9])");

    /** Commands that need a service; they are tested with one. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile(".*\\./leeway (demo|serve|decide|vocabulary).*|export .*");

    /** Part of the directory of Leeway, in which the reader is. */
    private static final List<String> SHIPPED = List.of("decision-tables", "rules", "examples");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> run = new ArrayList<>();

    @TempDir
    Path directory;

    /** Does the steps in a spreadsheet. */
    private interface Spreadsheet {
        void edit(Path workbook, List<CellEdit> edits) throws Exception;
    }

    @Test
    void everythingInTheGuideIsAsItSays() throws Exception {
        follow((workbook, edits) -> {
            PolicyFile file = new PolicyFile("x.xlsx", Files.readAllBytes(workbook));
            Files.write(workbook, CellEdit.apply(file, edits).bytes());
        });
    }

    @Test
    void everythingIsAsItSaysForWhoeverUsesLibreOffice() throws Exception {
        assumeThat(Office.isThere()).as("LibreOffice").isTrue();
        Path office = Files.createDirectory(directory.resolve("office"));
        follow((workbook, edits) -> Office.edit(workbook, edits, office));
    }

    private void follow(Spreadsheet spreadsheet) throws Exception {
        assertThat(shell("cp -r " + String.join(" ", SHIPPED) + " " + directory, Path.of("")))
                .isZero();
        List<String> steps = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        String file = null;
        int exitCode = 0;
        String printed = null;
        Matcher part = PART.matcher(Files.readString(GUIDE));
        while (part.find()) {
            String comment = part.group(1);
            String body =
                    part.group(3) == null ? "" : part.group(3).stripTrailing().stripIndent() + "\n";
            if (comment != null && STEP.matcher(comment).matches()) {
                Matcher step = STEP.matcher(comment);
                assertThat(step.matches()).isTrue();
                steps.add(step.group(1));
                spreadsheet.edit(
                        directory.resolve(step.group(2)), Objects.requireNonNull(Newcomer.STEPS.get(step.group(1))));
            } else if (comment != null && FILE.matcher(comment).matches()) {
                file = comment.substring("file: ".length());
            } else if (comment != null) {
                Matcher exit = EXIT.matcher(comment);
                assertThat(exit.matches()).as(comment).isTrue();
                exitCode = Integer.parseInt(exit.group(1));
            } else if (part.group(2).equals("sh")) {
                printed = commands(body, exitCode);
                exitCode = 0;
            } else if (part.group(2).equals("text")) {
                if (!body.equals(printed)) {
                    differences.add("shown:\n" + body + "printed:\n" + printed);
                }
            } else if (file != null) {
                Files.writeString(directory.resolve(file), body);
                file = null;
            }
        }
        assertThat(String.join("\n", differences)).isEmpty();
        assertThat(steps).containsExactly("fill in", "mend", "answer the note", "change the limit");
        assertThat(run).as("commands").contains("new", "check", "test", "explain", "diff");
    }

    /** What the commands of a block print, the last of which exits with that code and the others with 0. */
    private String commands(String block, int exitCode) throws Exception {
        out.reset();
        List<String> lines = block.lines()
                .map(it -> it.replaceFirst("\\s+#.*", ""))
                .filter(it -> !it.isBlank())
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!OF_A_SERVICE.matcher(line).matches()) {
                int expected = i + 1 == lines.size() ? exitCode : 0;
                int code = line.startsWith("./leeway ")
                        ? leeway(line.substring("./leeway ".length()))
                        : shell(line, directory);
                assertThat(code).as("%s%n%s", line, out).isEqualTo(expected);
            }
        }
        return out.toString(StandardCharsets.UTF_8).replace(directory + "/", "").replace(directory.toString(), ".");
    }

    /** Paths are those of the reader's directory; commands know them by a slash or an ending, or by their place. */
    private int leeway(String line) {
        List<String> arguments = new ArrayList<>();
        boolean isName = line.startsWith("new ");
        for (String word : line.split(" +")) {
            boolean first = arguments.isEmpty();
            boolean path = !first && !word.startsWith("-") && !(isName && arguments.size() == 1);
            boolean value =
                    !first && List.of("--owner", "--layout", "--format").contains(arguments.get(arguments.size() - 1));
            arguments.add(path && !value ? directory.resolve(word).toString() : word);
        }
        run.add(arguments.get(0));
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Commands.execute(
                () -> 7,
                body -> ProposalReader.read(body).proposal(),
                new Terminal(stream, stream, false, Map.of()),
                arguments.toArray(new String[0]));
    }

    private int shell(String line, Path in) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(in.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
