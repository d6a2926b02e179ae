package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopCommandTest {
    private static final String ID = "01990000-0000-7000-8000-000000000001";

    @TempDir
    private Path data;

    private final CommandRun leeway = CommandRun.offline();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void useTheDataDirectory() {
        environment.put("LEEWAY_DATA_DIR", data.toString());
        environment.put("LEEWAY_KEY", "k");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            --all,                          '{"scope":{"kind":"all"},"reason":"why"}'
            --agent=billing-bot,            '{"scope":{"kind":"agent","value":"billing-bot"},"reason":"why"}'
            --action=billing.*,             '{"scope":{"kind":"action","value":"billing.*"},"reason":"why"}'
            --subject=account/A-1,          '{"scope":{"kind":"subject","value":"account/A-1"},"reason":"why"}'
            --trace=tr-1,                   '{"scope":{"kind":"trace","value":"tr-1"},"reason":"why"}'
            --all --level=APPROVE_ALL,      '{"scope":{"kind":"all"},"reason":"why","level":"APPROVE_ALL"}'
            --all --drill,                  '{"scope":{"kind":"all"},"reason":"why","drill":true}'
            """)
    void asksTheServiceForTheStop(String arguments, String body) throws IOException {
        try (FakeService service = new FakeService().on("POST /v1/stops", 201, "{\"id\":\"" + ID + "\"}")) {
            String[] all = ("stop --reason=why --url=" + service.address() + " " + arguments).split(" ");
            assertThat(run(all)).isZero();
            assertThat(service.requests).containsExactly("POST /v1/stops k " + body);
            assertThat(leeway.output()).contains(ID).contains("leeway release " + ID);
        }
        assertThat(data.resolve("STOP")).doesNotExist();
    }

    @Test
    void writesTheFileWhereNoServiceAnswers() throws IOException {
        String nobody;
        try (FakeService gone = new FakeService()) {
            nobody = gone.address().toString();
        }
        assertThat(run("stop", "--all", "--reason=fire", "--url=" + nobody)).isEqualTo(6);
        assertThat(data.resolve("STOP")).content().startsWith("fire");
        assertThat(leeway.errors()).contains("no service answers");
        assertThat(leeway.output())
                .contains("wrote " + data.resolve("STOP"))
                .contains("Other replicas do not know of it")
                .contains("delete the file");
    }

    @Test
    void writesTheFileWhereTheServiceCannotRecord() throws IOException {
        try (FakeService service = new FakeService()
                .on("POST /v1/stops", 503, "{\"title\":\"Service Unavailable\",\"detail\":\"no ledger\"}")) {
            assertThat(run("stop", "--all", "--reason=fire", "--url=" + service.address()))
                    .isEqualTo(6);
        }
        assertThat(data.resolve("STOP")).exists();
        assertThat(leeway.errors()).contains("no ledger");
    }

    @Test
    void writesTheFileWithoutAKey() {
        environment.remove("LEEWAY_KEY");
        assertThat(run("stop", "--all", "--reason=fire")).isEqualTo(6);
        assertThat(data.resolve("STOP")).exists();
        assertThat(leeway.errors()).contains("LEEWAY_KEY");
    }

    @ParameterizedTest
    @CsvSource({"--agent=a", "--all --drill", "--all --level=APPROVE_ALL"})
    void theFileKnowsNothingButEverything(String arguments) throws IOException {
        String nobody;
        try (FakeService gone = new FakeService()) {
            nobody = gone.address().toString();
        }
        assertThat(run(("stop --reason=fire --url=" + nobody + " " + arguments).split(" ")))
                .isEqualTo(1);
        assertThat(data.resolve("STOP")).doesNotExist();
    }

    @Test
    void saysWhenThereIsNoDataDirectoryEither() {
        environment.put("LEEWAY_DATA_DIR", data.resolve("nowhere").toString());
        environment.remove("LEEWAY_KEY");
        assertThat(run("stop", "--all", "--reason=fire")).isEqualTo(1);
        assertThat(leeway.errors()).contains("nothing was stopped").contains("nowhere");
    }

    @Test
    void aRefusalIsNoReasonForTheFile() throws IOException {
        try (FakeService service = new FakeService()
                .on(
                        "POST /v1/stops",
                        403,
                        "{\"title\":\"Forbidden\",\"detail\":\"No role of this key allows POST here.\"}")) {
            assertThat(run("stop", "--all", "--reason=fire", "--url=" + service.address()))
                    .isEqualTo(1);
        }
        assertThat(data.resolve("STOP")).doesNotExist();
        assertThat(leeway.errors()).contains("No role");
    }

    @ParameterizedTest
    @CsvSource({"stop --reason=x", "stop --all", "stop --all --agent=a --reason=x", "release", "release x"})
    void missesWhatItNeeds(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(data.resolve("STOP")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            '',                         202, '{"reason":"ok"}', holds until a second person
            '',                         200, '{"reason":"ok"}', holds no longer
            ' --first agent a',         202, '{"reason":"ok","first":{"kind":"agent","value":"a"}}', the stop of agent a holds until
            """)
    void releases(String first, int status, String body, String said) throws IOException {
        try (FakeService service = new FakeService().on("POST /v1/stops/" + ID + "/release", status, "{}")) {
            assertThat(run(("release " + ID + " --reason=ok --url=" + service.address() + first).split(" ")))
                    .isZero();
            assertThat(service.requests).containsExactly("POST /v1/stops/" + ID + "/release k " + body);
        }
        assertThat(leeway.output()).contains(said);
    }

    @Test
    void saysWhyAReleaseIsRefused() throws IOException {
        try (FakeService service = new FakeService()
                .on(
                        "POST /v1/stops/" + ID + "/release",
                        409,
                        "{\"title\":\"Conflict\",\"detail\":\"Somebody else.\"}")) {
            assertThat(run("release", ID, "--reason=ok", "--url=" + service.address()))
                    .isEqualTo(1);
        }
        assertThat(leeway.errors()).contains("Somebody else.");
    }

    private int run(String... arguments) {
        return leeway.run(false, environment, arguments);
    }
}
