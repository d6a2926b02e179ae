package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code leeway new} writes, says and exits with. */
class NewCommandTest {
    private final CommandRun leeway = CommandRun.offline();

    @TempDir
    Path directory;

    @Test
    void writesAWorkbookThatIsSoundAsItIs() {
        Path tables = directory.resolve("a/b");
        assertThat(leeway.run("new", "returns", "-o", tables.toString())).isZero();
        assertThat(leeway.output()).isEqualTo(tables.resolve("returns.xlsx") + "\n");
        assertThat(leeway.run("check", tables.toString())).isZero();
        assertThat(leeway.output()).isEqualTo("no findings in 1 file\n");
        assertThat(leeway.run("test", tables.toString())).isZero();
        assertThat(leeway.output()).startsWith("7 of 7 tests passed\n5 of 5 rows are matched by a test\n");
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Path mine = Files.writeString(directory.resolve("returns.xlsx"), "mine");
        assertThat(leeway.run("new", "returns", "-o", directory.toString())).isEqualTo(1);
        assertThat(leeway.errors()).isEqualTo("leeway: `" + mine + "` is there already\n");
        assertThat(mine).hasContent("mine");
        assertThat(leeway.run("new", "returns", "-o", mine.toString())).isEqualTo(1);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void refusesNamesThatCannotBePartOfIds() {
        for (String name : List.of("1st", "a b", "../a", "returns.xlsx", "")) {
            assertThat(leeway.run("new", name, "-o", directory.toString()))
                    .as(name)
                    .isEqualTo(2);
        }
        assertThat(leeway.run("new")).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
        assertThat(leeway.errors()).contains("`returns.xlsx` cannot be the name: a letter first");
    }

    @Test
    void namesTheOwner() throws IOException {
        assertThat(leeway.run("new", "returns", "--owner", "Ada", "-o", directory.toString()))
                .isZero();
        assertThat(leeway.run(
                        "convert",
                        "--format",
                        "CSV",
                        "-o",
                        directory.resolve("csv").toString(),
                        directory.toString()))
                .isZero();
        assertThat(Files.readString(directory.resolve("csv/returns.csv"))).contains("Owner,Ada\n");
    }
}
