package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.model.Proposal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.testing.RandomTables;
import io.leeway.testing.SheetBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.drools.model.codegen.ExecutableModelProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieSession;

/** Code in cells, heads and labels: refused or plain text, and never run; stock Drools runs it. DRL is in GuardrailTest. */
class CodeAttemptsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    static Path directory;

    private static Canary canary;

    record Attempts(Map<String, String> places, Map<String, String> payloads, Map<String, Map<String, String>> stock) {}

    @BeforeAll
    static void setCanary() throws IOException {
        canary = new Canary(directory);
    }

    @AfterAll
    static void removeCanary() throws IOException {
        canary.close();
    }

    @TestFactory
    Stream<DynamicTest> no_code_runs_from_any_place_of_a_table() throws IOException {
        Attempts attempts = attempts();
        List<DynamicTest> tests = new ArrayList<>();
        attempts.places()
                .forEach((place, cell) -> attempts.payloads()
                        .forEach((payload, code) -> tests.add(
                                DynamicTest.dynamicTest(payload + " in " + place, () -> attempt(cell, code)))));
        assertThat(tests).hasSizeGreaterThanOrEqualTo(60);
        return tests.stream();
    }

    private static void attempt(String cell, String code) throws Exception {
        SheetBuilder sheet = sound().set(cell, code.startsWith("=") ? SheetBuilder.value(code) : code);
        PolicyLoader.Loaded loaded = PolicyLoader.load("attempt", List.of(sheet.csv("Main.csv")), TODAY);
        if (loaded.policy() == null) {
            assertThat(loaded.findings()).anyMatch(it -> it.isError());
        } else {
            // What is accepted is text that people read; it stays text when the row matches.
            RandomTables random = new RandomTables(7);
            for (int i = 0; i < 20; i++) {
                loaded.policy().evaluate(random.proposal(), System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
            }
        }
        assertThat(canary.wasTouched()).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> stock_tables_run_what_is_refused_here() throws IOException {
        return attempts().stock().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    SheetBuilder sheet = sound();
                    it.getValue().forEach(sheet::set);
                    PolicyFile file = sheet.csv("Main.csv");

                    assertThat(PolicyLoader.load("attempt", List.of(file), TODAY)
                                    .policy())
                            .isNull();
                    assertThat(canary.wasTouched()).isFalse();
                    runStock(file);
                    assertThat(canary.wasTouched()).as("stock Drools ran it").isTrue();
                    Files.deleteIfExists(canary.file());
                }));
    }

    /** A table whose first row matches nearly everything, so that what stands in it would run. */
    private static SheetBuilder sound() throws IOException {
        String text = TableCase.Catalogue.read().sheets().get("remit");
        return SheetBuilder.of("Main", text.lines().toList())
                .set("B9", "action.type != \"$param\"")
                .set("B11", "no.such")
                .set("B12", "no.such")
                .set("C9", "agent.id != \"$param\"")
                .set("C11", "nobody")
                .set("D9", "action.confidence <= $param")
                .set("D11", SheetBuilder.value("1"))
                .set("D12", SheetBuilder.value("1"));
    }

    private static void runStock(PolicyFile file) {
        String drl = new SpreadsheetCompiler().compile(new ByteArrayInputStream(file.bytes()), InputType.CSV);
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("io.leeway.test", "code-attempts", "1");
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        files.write("src/main/resources/attempt/attempt.drl", drl);
        KieBuilder builder = services.newKieBuilder(files);
        builder.buildAll(ExecutableModelProject.class);
        assertThat(builder.getResults().getMessages(Message.Level.ERROR))
                .as(drl)
                .isEmpty();
        KieSession session = services.newKieContainer(id).newKieSession();
        try {
            session.setGlobal("verdict", new VerdictBuilder());
            Proposal proposal = new RandomTables(7).proposal();
            session.insert(proposal);
            session.fireAllRules();
        } finally {
            session.dispose();
            services.getRepository().removeKieModule(id);
        }
    }

    private static Attempts attempts() throws IOException {
        try (InputStream yaml = CodeAttemptsTest.class.getResourceAsStream("/cases/workbooks/code-attempts.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("FILE", canary.file().toString())
                    .replace("PORT", Integer.toString(canary.port()));
            return new ObjectMapper(new YAMLFactory()).readValue(text, Attempts.class);
        }
    }
}
