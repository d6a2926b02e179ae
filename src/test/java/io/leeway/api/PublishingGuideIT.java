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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to publishing, followed command by command with curl, by three people. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublishingGuideIT {
    private static final Path GUIDE = Path.of("docs/publishing.md");
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
        assumeThat(Guide.hasTools()).as("curl and jq").isTrue();
        PolicyClient second = PolicyClient.named("guide second", List.of("policy-approver"));
        PolicyClient third = PolicyClient.named("guide third", List.of("policy-approver"));
        String before = second.active();
        stage();
        try {
            assertThat(new Guide(GUIDE, directory, "ACTIVE VERSION", "ask")
                            .follow(environment(), PublishingGuideIT::edit))
                    .isEmpty();
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

    private static void edit(String what, Path directory) throws IOException {
        String[] step = what.split(" in ");
        Path workbook = directory.resolve(step[1]);
        PolicyFile edited = CellEdit.apply(
                new PolicyFile(step[1], Files.readAllBytes(workbook)), Objects.requireNonNull(STEPS.get(step[0])));
        Files.write(workbook, edited.bytes());
    }
}
