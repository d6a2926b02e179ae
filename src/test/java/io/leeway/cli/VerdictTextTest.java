package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts as people read them, beside golden files. */
class VerdictTextTest {
    private static final Path CASES = Path.of("src/test/resources/cases/verdict-text");

    @ParameterizedTest
    @ValueSource(strings = {"approval", "two-limits", "permit", "stopped", "no-policy", "observed"})
    void readsLikeItsGoldenFile(String name) throws IOException {
        assertThat(VerdictText.of(verdict(name), false)).isEqualTo(Files.readString(CASES.resolve(name + ".txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval", "two-limits", "permit", "stopped", "no-policy", "observed"})
    void coloursAddNothingButColours(String name) throws IOException {
        String coloured = VerdictText.of(verdict(name), true);
        assertThat(coloured).contains("\u001b[1;");
        // Only the ends of lines may differ: a painted line cannot lose its trailing blanks.
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll(" +\n", "\n"))
                .isEqualTo(VerdictText.of(verdict(name), false));
    }

    @Test
    void showsEachModeInItsOwnColour() throws IOException {
        assertThat(VerdictText.of(verdict("permit"), true)).contains("\u001b[1;32mAUTONOMOUS\u001b[0m");
        assertThat(VerdictText.of(verdict("approval"), true)).contains("\u001b[1;33mHUMAN IN THE LOOP\u001b[0m");
        assertThat(VerdictText.of(verdict("stopped"), true)).contains("\u001b[1;31mHUMAN IN CONTROL\u001b[0m");
    }

    private static JsonNode verdict(String name) throws IOException {
        return new ObjectMapper().readTree(CASES.resolve(name + ".json").toFile());
    }
}
