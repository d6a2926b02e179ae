package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals in files: bare ones untouched, examples with their times and ids filled in. */
class ExampleTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void sendsABareProposalByteForByte() throws IOException {
        String bare = "{ \"action\" : {\"id\":\"{{run}}\"},\n \"extra\": 1.50 }\n";
        Example example = read(bare);
        assertThat(text(example)).isEqualTo(bare);
        assertThat(example.title()).isEqualTo("proposal.json");
    }

    @Test
    void fillsTimesAndIdsOfAnExample() throws IOException {
        Example example = read("""
                { "title": "T", "story": "S", "expect": "AUTONOMOUS",
                  "proposal": { "id": "a-{{run}}", "list": ["{{now}}", "{{now-PT3H}}", "{{now+P1D}}"], "n": 1.5, "b": true } }
                """);
        assertThat(text(example))
                .isEqualTo("{\"id\":\"a-r1\",\"list\":[\"2026-11-22T12:00:00Z\",\"2026-11-22T09:00:00Z\","
                        + "\"2026-11-23T12:00:00Z\"],\"n\":1.5,\"b\":true}");
        assertThat(example.title()).isEqualTo("T");
        assertThat(example.story()).isEqualTo("S");
        assertThat(example.expect()).isEqualTo("AUTONOMOUS");
    }

    @Test
    void refusesAPlaceholderThatItDoesNotKnow() {
        for (String placeholder : new String[] {"{{yesterday}}", "{{now-3H}}", "{{now-PT}}", "{{now", "{{nowPT1H}}"}) {
            assertThatThrownBy(() -> read("{\"proposal\":{\"id\":\"" + placeholder + "\"}}"))
                    .as(placeholder)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("placeholder");
        }
    }

    @Test
    void saysWhereAFileIsNoJson() {
        assertThatThrownBy(() -> read("{\n\"a\": }"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is no JSON, line 2");
        assertThatThrownBy(() -> read("{\"proposal\": {}, \"proposal\": {}}"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> Example.read(directory.resolve("nowhere.json"), NOW, "r1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void brokenFileIsDescribedWithoutTheParsersOwnWords() {
        for (String broken :
                new String[] {"{\"a\": [1, 2", "{\"a\": \"b", "{\"a\": 1, \"a\": 2}", "{\"a\": nil}", "{]"}) {
            assertThatThrownBy(() -> read(broken))
                    .as(broken)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("is no JSON, line 1: ")
                    .hasMessageNotContainingAny("Source", "REDACTED");
        }
        assertThatThrownBy(() -> read("{\n  \"a\": [1, 2"))
                .hasMessageContaining("is no JSON, line 2")
                .hasMessageContaining("(start marker at line: 2, column: 8)");
    }

    private Example read(String content) throws IOException {
        return Example.read(Files.writeString(directory.resolve("proposal.json"), content), NOW, "r1");
    }

    private static String text(Example example) {
        return new String(example.proposal(), StandardCharsets.UTF_8);
    }
}
