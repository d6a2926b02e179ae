package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version in shadow sees what is decided, and its word counts for nothing. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ShadowIT {
    private static final String AGENT = "shadowed-bot";
    private static final String STRICTER = """
            Carriers in shadow
            Owner,logistics@example.com
            Needs at least,Carriers in shadow
            Id,Action,Amount over,Currency,Mode,Because
            SHADOW-01,carrier.select,800,USD,Human in control,Everything over 800 USD.
            """;

    @Test
    void itsVerdictsAreKeptBesideTheRealOnesAndNeverAnswered() {
        PolicyClient author = PolicyClient.named("shadow author", List.of("policy-author"));
        PolicyClient approver = PolicyClient.named("shadow approver", List.of("policy-approver"));
        stage();
        Response proposed = author.propose("stricter carriers", Map.of("shadow.csv", STRICTER));
        assertThat(proposed.statusCode()).as(proposed.asString()).isEqualTo(201);
        String version = proposed.jsonPath().getString("version");
        decide();
        assertThat(approver.shadow(version).jsonPath().getString("state")).isEqualTo("SHADOW");

        for (int i = 0; i < 3; i++) {
            assertThat(decide().getString("mode")).isEqualTo("AUTONOMOUS");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> said(author, version).getInt("decisions") >= 3);
        JsonPath said = said(author, version);
        assertThat(said.getInt("matrix.AUTONOMOUS.HUMAN_IN_CONTROL")).isEqualTo(3);
        assertThat(said.getString("rows[0].rule")).isEqualTo("SHADOW-01");
        assertThat(said.getInt("rows[0].tighter")).isEqualTo(3);
        assertThat(said.getInt("rows[0].looser")).isZero();
        TestKeys.as("policy-approver")
                .delete("/v1/policies/" + version + "/shadow")
                .then()
                .statusCode(200);
    }

    private static JsonPath said(PolicyClient reader, String version) {
        return reader.get("/v1/policies/" + version + "/shadow").jsonPath();
    }

    private static void stage() {
        TestKeys.as("operator")
                .contentType("application/json")
                .body(Map.of("stage", "FULL", "reason", "for the test"))
                .put("/v1/stages/" + AGENT + "/carrier.select")
                .then()
                .statusCode(200);
    }

    private static JsonPath decide() {
        return TestKeys.as("agent")
                .contentType("application/json")
                .body(SmallSelection.next().agent(AGENT).json())
                .post("/v1/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
