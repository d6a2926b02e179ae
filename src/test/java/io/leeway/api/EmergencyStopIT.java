package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.DecisionApiIT.proposal;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The file {@code STOP} in the data directory. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EmergencyStopIT {
    private final Path file = Path.of(System.getProperty("leeway.test.data-dir"), "STOP");

    @AfterEach
    void removeTheFile() throws Exception {
        Files.deleteIfExists(file);
    }

    @Test
    void stopsWithinASecondAndLeavesAStopInTheLedgerThatTwoPeopleRelease() throws Exception {
        post(as("agent"), "/v1/decisions", proposal("stop-bot", id())).statusCode(200);
        Files.createFile(file);
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> post(as("agent"), "/v1/decisions", proposal("stop-bot", id()))
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("code", equalTo("EMERGENCY_STOP"))
                        .body("detail", containsString("human in control")));
        post(as("agent"), "/v1/simulations", proposal("stop-bot", id())).statusCode(503);
        Files.delete(file);
        String rule = await().atMost(Duration.ofSeconds(5))
                .until(
                        () -> post(as("agent"), "/v1/decisions", proposal("stop-bot", id()))
                                .extract()
                                .path("matched.find { it.rule.startsWith('STOP:') }?.rule"),
                        notNullValue());
        String stop = rule.substring("STOP:".length());
        post(as("agent"), "/v1/decisions", proposal("stop-bot", id()))
                .statusCode(200)
                .body("directive", equalTo("HALT"))
                .body("reasonCodes", contains("STOP"));
        post(as("operator"), "/v1/stops/" + stop + "/release", "{\"reason\":\"drill over\"}")
                .statusCode(202);
        post(asSecond("operator"), "/v1/stops/" + stop + "/release", "{\"reason\":\"drill over\"}")
                .statusCode(200);
        post(as("agent"), "/v1/decisions", proposal("stop-bot", id()))
                .statusCode(200)
                .body("directive", not("HALT"));
    }
}
