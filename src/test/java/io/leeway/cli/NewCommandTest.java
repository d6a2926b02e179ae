package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.json.ProposalReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code leeway new} writes, says and exits with. */
class NewCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void writesAWorkbookThatIsSoundAsItIs() {
        Path tables = directory.resolve("a/b");
        assertThat(run("new", "returns", "-o", tables.toString())).isZero();
        assertThat(output()).isEqualTo(tables.resolve("returns.xlsx") + "\n");
        assertThat(run("check", tables.toString())).isZero();
        assertThat(output()).isEqualTo("no findings in 1 file\n");
        assertThat(run("test", tables.toString())).isZero();
        assertThat(output()).startsWith("7 of 7 tests passed\n5 of 5 rows are matched by a test\n");
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Path mine = Files.writeString(directory.resolve("returns.xlsx"), "mine");
        assertThat(run("new", "returns", "-o", directory.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("leeway: `" + mine + "` is there already\n");
        assertThat(mine).hasContent("mine");
        assertThat(run("new", "returns", "-o", mine.toString())).isEqualTo(1);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void refusesNamesThatCannotBePartOfIds() {
        for (String name : List.of("1st", "a b", "../a", "returns.xlsx", "")) {
            assertThat(run("new", name, "-o", directory.toString())).as(name).isEqualTo(2);
        }
        assertThat(run("new")).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("`returns.xlsx` cannot be the name: a letter first");
    }

    @Test
    void namesTheOwner() throws IOException {
        assertThat(run("new", "returns", "--owner", "Ada", "-o", directory.toString()))
                .isZero();
        assertThat(run(
                        "convert",
                        "--format",
                        "CSV",
                        "-o",
                        directory.resolve("csv").toString(),
                        directory.toString()))
                .isZero();
        assertThat(Files.readString(directory.resolve("csv/returns.csv"))).contains("Owner,Ada\n");
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of());
        return Commands.execute(() -> 7, body -> ProposalReader.read(body).proposal(), terminal, arguments);
    }

    private String output() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
