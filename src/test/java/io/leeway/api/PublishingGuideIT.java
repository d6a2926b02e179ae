package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.policy.PolicyFile;
import io.leeway.testing.CellEdit;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
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

/** The guide to publishing, followed command by command with curl, by three people. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublishingGuideIT {
    private static final Path GUIDE = Path.of("docs/publishing.md");
    private static final Pattern PART =
            Pattern.compile("(?ms)^<!-- (file|step): ([^\\n]*?) -->$|^```(\\w+)\\n(.*?)^```$");
    private static final Pattern VERSION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}\\.[0-9]+");
    private static final Map<String, List<CellEdit>> STEPS = Map.of(
            "limit",
            List.of(
                    new CellEdit("Remit", "E15", 40),
                    new CellEdit("Remit", "I15", "A gesture of up to 40 USD costs less than arguing about it.")),
            "the rest",
            List.of(
                    new CellEdit("Remit", "D16", 40),
                    new CellEdit("Tests", "Q4", "A gesture of up to 40 USD costs less than arguing about it."),
                    new CellEdit("Tests", "D46", 39.99),
                    new CellEdit("Tests", "D47", 40),
                    new CellEdit("Tests", "D48", 40.01)));

    @TempDir
    Path directory;

    @Test
    void everythingInTheGuideIsAsItSays() throws Exception {
        assumeThat(hasTools()).as("curl and jq").isTrue();
        PolicyClient second = PolicyClient.named("guide second", List.of("policy-approver"));
        PolicyClient third = PolicyClient.named("guide third", List.of("policy-approver"));
        String before = second.active();
        stage();
        try {
            assertThat(follow(environment())).isEmpty();
        } finally {
            second.backTo(before, third);
        }
    }

    private static void stage() {
        TestKeys.as("operator")
                .contentType("application/json")
                .body(Map.of("stage", "FULL", "reason", "for the guide"))
                .put("/v1/stages/guide-bot/goodwill.credit")
                .then()
                .statusCode(200);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "LEEWAY",
                "http://localhost:" + RestAssured.port,
                "AUTHOR",
                TestKeys.create("guide author", List.of("policy-author"), List.of()),
                "APPROVER",
                TestKeys.create("guide approver", List.of("policy-approver"), List.of()),
                "SECOND",
                TestKeys.create("guide other approver", List.of("policy-approver"), List.of()));
    }

    /** What is otherwise than the guide shows it. */
    private List<String> follow(Map<String, String> environment) throws Exception {
        List<String> differences = new ArrayList<>();
        String file = "";
        String printed = "";
        Matcher part = PART.matcher(Files.readString(GUIDE));
        while (part.find()) {
            String body = part.group(4) == null ? "" : part.group(4);
            if ("file".equals(part.group(1))) {
                file = part.group(2);
            } else if ("step".equals(part.group(1))) {
                String[] step = part.group(2).split(" in ");
                Path workbook = directory.resolve(step[1]);
                PolicyFile edited = CellEdit.apply(
                        new PolicyFile(step[1], Files.readAllBytes(workbook)),
                        Objects.requireNonNull(STEPS.get(step[0])));
                Files.write(workbook, edited.bytes());
            } else if ("sh".equals(part.group(3))) {
                printed = body.startsWith("export ") ? "" : run(body, environment);
            } else if ("text".equals(part.group(3))) {
                if (!anyVersion(body).equals(anyVersion(printed))) {
                    differences.add("shown:\n" + body + "printed:\n" + printed);
                }
            } else {
                Files.writeString(directory.resolve(file), body);
            }
        }
        return differences;
    }

    private static String anyVersion(String text) {
        return VERSION.matcher(text).replaceAll("VERSION");
    }

    /** Variables and functions of one block are there in the next. */
    private String run(String block, Map<String, String> environment) throws IOException, InterruptedException {
        String script = "set -e; if [ -f .state ]; then . ./.state; fi\n" + block
                + "\n{ declare -p ACTIVE VERSION || true; declare -f ask || true; } > .state 2>/dev/null";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(block + output).isZero();
        return output;
    }

    private static boolean hasTools() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "command -v curl jq >/dev/null")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
