package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.json.ProposalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command line does, says and exits with. */
class CommandsTest {
    private static final Path VERDICTS = Path.of("src/test/resources/cases/verdict-text");

    private final AtomicInteger served = new AtomicInteger();
    private final CommandRun leeway = new CommandRun(
            () -> {
                served.incrementAndGet();
                return 7;
            },
            body -> ProposalReader.read(body).proposal());

    @TempDir
    Path directory;

    @Test
    void servesWithoutACommandAndWithServe() {
        assertThat(run(Map.of())).isEqualTo(7);
        assertThat(run(Map.of(), "serve")).isEqualTo(7);
        assertThat(served).hasValue(2);
    }

    @Test
    void answersHelpAndVersionWithoutServing() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(output()).contains("serve", "demo", "decide", "vocabulary", "LEEWAY_DATA_DIR");
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(output()).containsPattern("Leeway [0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(served).hasValue(0);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String[] arguments : new String[][] {
            {"fly"}, {"--fly"}, {"serve", "fast"}, {"decide"}, {"decide", "--url", "::", "x"}, {"vocabulary", "x"}
        }) {
            assertThat(run(Map.of("LEEWAY_KEY", "k"), arguments))
                    .as(String.join(" ", arguments))
                    .isEqualTo(2);
        }
        assertThat(errors()).doesNotContain("\tat ");
        assertThat(served).hasValue(0);
    }

    @Test
    void suggestsOnlyACommandThatIsNear() {
        assertThat(run(Map.of(), "dceide", "x.json")).isEqualTo(2);
        assertThat(errors()).contains("'dceide'").endsWith("Did you mean `leeway decide`?\n");
        assertThat(run(Map.of(), "fly")).isEqualTo(2);
        assertThat(errors()).contains("'fly'", "Usage: leeway").doesNotContain("Did you mean");
    }

    @Test
    void convertsTablesAndTellsWhatIsWrongWithThem() throws IOException {
        Path remit = Path.of("src/test/resources/cases/workbooks/remit.csv");
        Path target = directory.resolve("plain");
        assertThat(run(Map.of(), "convert", "--format", "CSV", "-o", target.toString(), remit.toString()))
                .isZero();
        assertThat(Files.readString(target.resolve("remit.csv"))).contains("May act,Remit");
        assertThat(run(Map.of(), "convert", "--drools", "-o", target.toString(), target.toString()))
                .isZero();
        assertThat(Files.readString(target.resolve("authority.drl.csv"))).contains("action.amount <= $paramB");

        assertThat(run(Map.of(), "convert", "--format", "CSV", "-o", target.toString(), remit.toString()))
                .isEqualTo(1);
        assertThat(errors()).contains("is there already");

        Path wrong = Files.writeString(directory.resolve("wrong.csv"), "May act,Nothing\nId,Acton,Mode,Because\n");
        assertThat(run(Map.of(), "convert", "-o", target.toString(), wrong.toString()))
                .isEqualTo(3);
        assertThat(errors()).contains("wrong.csv › B2", "did you mean `Action`?");
    }

    @Test
    void looksForTheServiceWhereServeListensWithTheSameEnvironment() throws IOException {
        try (FakeService service = new FakeService().on("GET /v1/vocabulary", 200, "{}")) {
            String port = Integer.toString(service.address().getPort());
            assertThat(run(Map.of("LEEWAY_KEY", "k", "QUARKUS_HTTP_PORT", port), "vocabulary"))
                    .isZero();
            assertThat(service.requests).hasSize(1);
        }
        assertThat(run(Map.of("LEEWAY_KEY", "k", "QUARKUS_HTTP_PORT", "0"), "vocabulary"))
                .isEqualTo(2);
        assertThat(errors()).contains("QUARKUS_HTTP_PORT is `0`", "--url");
    }

    @Test
    void decidesAFileAndShowsTheVerdict() throws IOException {
        try (FakeService service =
                new FakeService().on("POST /v1/decisions", 200, Files.readString(VERDICTS.resolve("approval.json")))) {
            Path file = Files.writeString(directory.resolve("bare.json"), "{\"action\":1}");
            int exitCode = run(
                    Map.of("LEEWAY_KEY", "secret\n"),
                    "decide",
                    "--url",
                    service.address().toString(),
                    file.toString());
            assertThat(exitCode).isZero();
            assertThat(output()).isEqualTo("bare.json\n" + Files.readString(VERDICTS.resolve("approval.txt")) + "\n");
            assertThat(service.requests).containsExactly("POST /v1/decisions secret {\"action\":1}");
        }
    }

    @Test
    void showsARefusalWithItsPlacesAndGoesOn() throws IOException {
        try (FakeService service = new FakeService()
                .on("POST /v1/decisions", 422, """
                        {"title":"Invalid proposal","status":422,"detail":"two members are wrong",
                         "violations":[{"pointer":"/action/id","message":"is missing"},{"pointer":"/x","message":"is unknown"}]}
                        """)
                .on("POST /v1/decisions", 200, Files.readString(VERDICTS.resolve("permit.json")))) {
            Path file = Files.writeString(directory.resolve("bare.json"), "{}");
            int exitCode = run(
                    Map.of("LEEWAY_KEY", "k"),
                    "decide",
                    "--url=" + service.address(),
                    file.toString(),
                    file.toString());
            assertThat(exitCode).isEqualTo(1);
            assertThat(errors())
                    .isEqualTo("leeway: Invalid proposal (422): two members are wrong\n"
                            + "  /action/id  is missing\n  /x  is unknown\n");
            assertThat(output()).contains("AUTONOMOUS");
        }
    }

    @Test
    void saysWhatIsMissingToTalkToAService() throws IOException {
        Path file = Files.writeString(directory.resolve("bare.json"), "{}");
        assertThat(run(Map.of(), "decide", file.toString())).isEqualTo(2);
        assertThat(errors()).isEqualTo("leeway: LEEWAY_KEY is not set; it holds the API key to use\n");
        String nobody;
        try (FakeService service = new FakeService()) {
            nobody = service.address().toString();
        }
        assertThat(run(Map.of("LEEWAY_KEY", "k"), "decide", "--url", nobody, file.toString()))
                .isEqualTo(1);
        assertThat(errors()).contains("no service answers at `" + nobody + "`");
    }

    @Test
    void listsTheVocabulary() throws IOException {
        try (FakeService service = new FakeService().on("GET /v1/vocabulary", 200, """
                {"paths":[{"path":"action.amount","type":"money","unit":null,"meaning":"what it costs"},
                          {"path":"trace.depth","type":"number","unit":"steps","meaning":"how deep"}],"currencies":["EUR"]}
                """)) {
            assertThat(run(Map.of("LEEWAY_KEY", "k"), "vocabulary", "--url=" + service.address()))
                    .isZero();
            assertThat(output()).isEqualTo("""
                    PATHS
                      action.amount  money          what it costs
                      trace.depth    number  steps  how deep
                    CURRENCIES
                      EUR
                    """);
        }
    }

    private int run(Map<String, String> environment, String... arguments) {
        return leeway.run(false, environment, arguments);
    }

    private String output() {
        return leeway.output();
    }

    private String errors() {
        return leeway.errors();
    }
}
