package io.leeway.api;

import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.testing.PostgresResource;
import io.leeway.testing.Story;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The article's stories on the shipped policy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StoriesIT {

    @BeforeEach
    void stage() {
        Story.stages()
                .forEach(stage -> as("operator")
                        .contentType("application/json")
                        .body(Map.of(
                                "stage", stage.get("stage").asText(),
                                "reason", stage.get("reason").asText()))
                        .put(
                                "/v1/stages/{agent}/{action}",
                                stage.get("agent").asText(),
                                stage.get("action").asText())
                        .then()
                        .statusCode(200));
    }

    @Test
    void everyStoryEndsAsItSays() {
        for (Story story : Story.all()) {
            JsonPath answer = decide(story);
            assertThat(answer.getString("mode")).as(story.name()).isEqualTo(story.expect());
        }
    }

    @Test
    void theStaleAdjustmentWaitsForAPersonAndSaysWhichCellAskedForIt() {
        JsonPath answer = decide(Story.of("stale"));
        assertThat(answer.getString("mode")).isEqualTo("HUMAN_IN_THE_LOOP");
        assertThat(answer.getString("directive")).isEqualTo("AWAIT_APPROVAL");
        assertThat(answer.<Object>get("permit")).isNull();
        List<Map<String, Object>> decisive = answer.getList("matched.findAll { it.decisive }");
        assertThat(decisive).hasSize(1);
        Map<String, Object> row = decisive.get(0);
        assertThat(row.get("rule").toString()).startsWith("FRESH-");
        assertThat(row.get("owner").toString()).contains("@");
        assertThat(row.get("because")).isEqualTo(answer.getString("reason"));
        Map<?, ?> source = (Map<?, ?>) row.get("source");
        assertThat(source.get("file")).isEqualTo("billing.xlsx");
        assertThat(source.get("sheet").toString()).isNotBlank();
        assertThat(source.get("range").toString()).matches("A\\d+:[A-Z]+\\d+");
        assertThat(source.get("sha256").toString()).matches("[0-9a-f]{64}");
        Map<?, ?> age = ((List<?>) row.get("conditions"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> one.get("path").toString().startsWith("evidence.staleAfter"))
                        .findFirst()
                        .orElseThrow();
        assertThat(age.get("path")).isEqualTo("evidence.staleAfter(\"charge.record\", \"PT15M\")");
        assertThat(age.get("limit")).isEqualTo("true");
        assertThat(age.get("actual")).isEqualTo("true");
        assertThat(age.get("detail").toString()).matches("108\\d\\d s old");
        assertThat(age.get("cell").toString()).matches("[A-Z]+\\d+");
    }

    @Test
    void itsFreshTwinMayBeExecutedOnce() {
        JsonPath answer = decide(Story.of("fresh"));
        assertThat(answer.getString("mode")).isEqualTo("AUTONOMOUS");
        assertThat(answer.getString("directive")).isEqualTo("PROCEED");
        String path = "/v1/permits/" + answer.getString("permit.id") + "/consumption";
        String body = "{\"actionDigest\":\"" + answer.getString("actionDigest") + "\"}";
        post(as("agent"), path, "{\"actionDigest\":\"sha256:0\"}")
                .statusCode(409)
                .body("code", equalTo("ACTION_DIGEST_MISMATCH"));
        post(as("agent"), path, body).statusCode(200).body("decisionId", equalTo(answer.getString("decisionId")));
        post(as("agent"), path, body).statusCode(409).body("code", equalTo("PERMIT_CONSUMED"));
    }

    @Test
    void whatNobodyDelegatesIsForPeople() {
        assertThat(decide(Story.of("renegotiation")).getString("mode")).isEqualTo("HUMAN_IN_CONTROL");
        assertThat(decide(Story.of("safety-hold")).getString("mode")).isEqualTo("HUMAN_IN_CONTROL");
    }

    private static JsonPath decide(Story story) {
        return post(as("agent"), "/v1/decisions", story.proposal())
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
