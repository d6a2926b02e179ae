package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's steps against a service whose answers are known. */
class DemoTest {
    private static final Path VERDICTS = Path.of("src/test/resources/cases/verdict-text");
    private static final String CONSUME = "POST /v1/permits/01900000-0000-7000-8000-000000000003/consumption";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void makesKeysOnceAndKeepsThemForItsOwner() throws IOException {
        Files.writeString(directory.resolve("admin.key"), "admin-secret");
        try (FakeService service = new FakeService()
                .on("POST /v1/keys", 201, "{\"id\":\"1\",\"key\":\"first\"}")
                .on("POST /v1/keys", 201, "{\"id\":\"2\",\"key\":\"second\"}")
                .on("POST /v1/keys", 201, "{\"id\":\"3\",\"key\":\"third\"}")
                .on("GET /v1/stages", 200, "{\"items\":[]}")) {
            DemoKeys.prepare(service.address(), directory);
            assertThat(service.requests)
                    .containsExactly(
                            "POST /v1/keys admin-secret {\"name\":\"demo-agent\",\"roles\":[\"agent\"],\"expiresIn\":\"P30D\"}",
                            "POST /v1/keys admin-secret {\"name\":\"demo-operator\",\"roles\":[\"operator\"],\"expiresIn\":\"P30D\"}",
                            "POST /v1/keys admin-secret {\"name\":\"demo-compliance\",\"roles\":[\"compliance\"],\"expiresIn\":\"P30D\"}");
            Path file = directory.resolve("demo.keys");
            assertThat(file).content().isEqualTo("agent=first\noperator=second\ncompliance=third\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            service.requests.clear();
            Files.delete(directory.resolve("admin.key"));
            DemoKeys.prepare(service.address(), directory);
            assertThat(service.requests).containsExactly("GET /v1/stages second ");
        }
    }

    @Test
    void saysHowToStartAnewWhenNoKeyIsGoodAnyLonger() throws IOException {
        Files.writeString(directory.resolve("demo.keys"), "agent=a\noperator=o\ncompliance=c\n");
        try (FakeService service = new FakeService()
                .on("GET /v1/stages", 401, "{\"title\":\"Unauthorized\"}")
                .on("POST /v1/keys", 401, "{\"title\":\"Unauthorized\"}")) {
            assertThatThrownBy(() -> DemoKeys.prepare(service.address(), directory))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("delete `" + directory + "`");
            Files.writeString(directory.resolve("admin.key"), "spent");
            assertThatThrownBy(() -> DemoKeys.prepare(service.address(), directory))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("no longer good: Unauthorized (401)");
        }
    }

    @Test
    void stagesDecidesAndConsumesOnce() throws IOException {
        try (FakeService service =
                stories().on(CONSUME, 200, "{}").on(CONSUME, 409, "{\"title\":\"Already consumed\"}")) {
            byte[] last = tell(service);
            assertThat(output())
                    .containsSubsequence(
                            "bot is staged LIMITED for billing.*: earned",
                            "First\n  A story.",
                            "AUTONOMOUS  the agent may proceed",
                            "consumes its permit: done",
                            "it tries the same permit again: Already consumed (409)",
                            "Second",
                            "HUMAN IN THE LOOP",
                            "2 proposals, each decided as its story expects.");
            assertThat(service.requests.get(0))
                    .isEqualTo("PUT /v1/stages/bot/billing.* o {\"stage\":\"LIMITED\",\"reason\":\"earned\"}");
            assertThat(service.requests.get(2)).isEqualTo(CONSUME + " a {\"actionDigest\":\"sha256:00\"}");
            String curl = DemoStories.curl(service.address(), Path.of("demo.keys"), last);
            assertThat(curl)
                    .startsWith("curl -s " + service.address() + "/v1/decisions")
                    .contains("it'\\''s");
        }
    }

    @Test
    void failsAloudWhenAPermitCouldBeConsumedTwice() throws IOException {
        try (FakeService service = stories().on(CONSUME, 200, "{}")) {
            assertThatThrownBy(() -> tell(service))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("consumed twice");
        }
    }

    @Test
    void saysWhereAVerdictIsNotWhatTheStoryExpects() throws IOException {
        try (FakeService service = stories().on(CONSUME, 200, "{}").on(CONSUME, 409, "{}")) {
            Files.writeString(
                    directory.resolve("03.json"),
                    "{\"title\":\"Third\",\"expect\":\"HUMAN_IN_CONTROL\",\"proposal\":{\"id\":\"{{run}}\"}}");
            tell(service);
            assertThat(output())
                    .contains("expected HUMAN_IN_CONTROL, was HUMAN_IN_THE_LOOP")
                    .contains("1 of 3 proposals were decided otherwise");
        }
    }

    @Test
    void endsWithLinesToPaste() {
        String farewell = DemoCommand.farewell(
                URI.create("http://127.0.0.1:8080"), Path.of("/srv/it/data"), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(farewell)
                .contains("http://127.0.0.1:8080/q/swagger-ui/\n")
                .contains("Swagger UI: any user name, a key as the password\n")
                .contains("  export LEEWAY_KEY=$(sed -n 's/^agent=//p' '/srv/it/data/demo.keys')\n")
                .contains("  curl -s http://127.0.0.1:8080/v1/decisions");
    }

    private FakeService stories() throws IOException {
        Files.writeString(
                directory.resolve("stages.json"),
                "[{\"agent\":\"bot\",\"action\":\"billing.*\",\"stage\":\"LIMITED\",\"reason\":\"earned\"}]");
        Files.writeString(
                directory.resolve("02.json"),
                "{\"title\":\"Second\",\"expect\":\"HUMAN_IN_THE_LOOP\",\"proposal\":{\"id\":\"it's {{run}}\"}}");
        Files.writeString(
                directory.resolve("01.json"),
                "{\"title\":\"First\",\"story\":\"A story.\",\"expect\":\"AUTONOMOUS\",\"proposal\":{\"id\":\"{{run}}\"}}");
        return new FakeService()
                .on("PUT /v1/stages/bot/billing.*", 200, "{}")
                .on("POST /v1/decisions", 200, Files.readString(VERDICTS.resolve("permit.json")))
                .on("POST /v1/decisions", 200, Files.readString(VERDICTS.resolve("approval.json")));
    }

    private byte[] tell(FakeService service) throws IOException {
        Path keys = Files.createDirectories(directory.resolve("keys"));
        Files.writeString(keys.resolve("demo.keys"), "agent=a\noperator=o\ncompliance=c\n");
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out, true), false, Map.of());
        service.on("GET /v1/stages", 200, "{}");
        DemoKeys prepared = DemoKeys.prepare(service.address(), keys);
        service.requests.clear();
        return new DemoStories(terminal, service.address(), prepared, directory).tell();
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
