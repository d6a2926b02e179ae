package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.DecisionApiIT.proposal;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Near misses, nearest changes and the account of a decision, over HTTP, on the shipped policy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ExplanationIT {
    private static final String FULL = "?explain=full";

    /** An agent that may act by itself, so that limits of the policy decide. */
    private static String trusted() {
        String agent = "bot-" + id();
        as("operator")
                .contentType("application/json")
                .body("{\"stage\":\"FULL\",\"reason\":\"earned\"}")
                .put("/v1/stages/" + agent + "/billing.adjust")
                .then()
                .statusCode(200);
        return agent;
    }

    private static String expensive(String agent, String action) {
        return proposal(agent, action).replace("\"120.00\"", "\"620.00\"");
    }

    @Test
    void decisionSaysWhatWouldHaveMadeItLessStrict() {
        String body = expensive(trusted(), id());
        JsonPath answer = post(as("agent"), "/v1/decisions" + FULL, body)
                .statusCode(200)
                .contentType("application/json")
                .body("mode", equalTo("HUMAN_IN_THE_LOOP"))
                .body("counterfactuals[0].mode", equalTo("AUTONOMOUS"))
                .body("counterfactuals[0].changes[0].path", equalTo("action.amount"))
                .body("counterfactuals[0].changes[0].from", equalTo("620.00"))
                .body("counterfactuals[0].changes[0].to", notNullValue())
                .body("counterfactuals[0].changes[0].cell", containsString("billing.xlsx"))
                .body("counterfactuals[0].text", startsWith("autonomous if `action.amount` were "))
                .body("nearMisses", not(empty()))
                .body("nearMisses[0].rule", notNullValue())
                .body("nearMisses[0].effect", notNullValue())
                .body("nearMisses[0].mode", notNullValue())
                .body("nearMisses[0].table", notNullValue())
                .body("nearMisses[0].because", notNullValue())
                .body("nearMisses[0].owner", notNullValue())
                .body("nearMisses[0].source.sha256", notNullValue())
                .body("nearMisses[0].conditions[0].cell", notNullValue())
                .body("nearMisses[0].conditions[0].text", notNullValue())
                .body("nearMisses[0].text", containsString("would have"))
                .body("containsKey('incomplete')", equalTo(false))
                .extract()
                .jsonPath();
        String path = "/v1/decisions/" + answer.getString("decisionId");
        for (String read : List.of(path + FULL, path + FULL + "&wait=PT0.1S")) {
            JsonPath again =
                    as("operator").get(read).then().statusCode(200).extract().jsonPath();
            assertThat(again.getList("nearMisses")).isEqualTo(answer.getList("nearMisses"));
            assertThat(again.getList("counterfactuals")).isEqualTo(answer.getList("counterfactuals"));
            assertThat(again.getString("state")).isEqualTo("PENDING");
        }
        JsonPath repeated = post(as("agent"), "/v1/decisions" + FULL, body)
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(repeated.<Map<String, Object>>get()).isEqualTo(answer.get());
        Map<String, Object> plain = post(as("agent"), "/v1/decisions", body)
                .statusCode(200)
                .extract()
                .jsonPath()
                .get();
        assertThat(plain).doesNotContainKeys("nearMisses", "counterfactuals", "incomplete");
        answer.<Map<String, Object>>get().forEach((name, value) -> {
            if (!name.equals("nearMisses") && !name.equals("counterfactuals")) {
                assertThat(plain).containsEntry(name, value);
            }
        });
    }

    @Test
    void simulationIsExplainedAndRecordedNowhere() {
        String agent = trusted();
        as("policy-author"); // the first use of a role makes its key, which is recorded
        long before = Ledger.size();
        post(as("policy-author"), "/v1/simulations" + FULL, expensive(agent, id()))
                .statusCode(200)
                .body("decisionId", nullValue())
                .body("counterfactuals[0].changes[0].path", equalTo("action.amount"))
                .body("nearMisses", not(empty()));
        post(as("policy-author"), "/v1/simulations", expensive(agent, id()))
                .statusCode(200)
                .body("containsKey('nearMisses')", equalTo(false));
        assertThat(Ledger.size()).isEqualTo(before);
    }

    @Test
    void onlyFullCanBeAskedForAndNothingIsDecidedOtherwise() {
        String decision = post(as("agent"), "/v1/decisions", proposal("api-bot", id()))
                .statusCode(200)
                .extract()
                .path("decisionId");
        long before = Ledger.size();
        for (String query : List.of("?explain=some", "?explain=", "?explain=full&explain=full", "?explian=full")) {
            post(as("agent"), "/v1/decisions" + query, proposal("api-bot", id()))
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("INVALID_QUERY"))
                    .body("violations[0].message", containsString(query.contains("explian") ? "explain" : "`full`"));
            post(as("agent"), "/v1/simulations" + query, proposal("api-bot", id()))
                    .statusCode(400);
            as("agent").get("/v1/decisions/" + decision + query).then().statusCode(400);
        }
        String batch = "{\"proposals\":[" + proposal("api-bot", id()) + "]}";
        post(as("agent"), "/v1/decisions/batch" + FULL, batch)
                .statusCode(400)
                .body("code", equalTo("INVALID_QUERY"))
                .body("detail", containsString("one by one"));
        as("agent")
                .get("/v1/decisions/" + decision + "/explanation" + FULL)
                .then()
                .statusCode(400);
        assertThat(Ledger.size()).isEqualTo(before);
    }

    @Test
    void explanationIsTheWholeAccount() {
        String agent = trusted();
        String decision = post(as("agent"), "/v1/decisions", expensive(agent, id()))
                .statusCode(200)
                .extract()
                .path("decisionId");
        JsonPath answer = as("compliance")
                .get("/v1/decisions/" + decision + "/explanation")
                .then()
                .statusCode(200)
                .body("decisionId", equalTo(decision))
                .body("mode", equalTo("HUMAN_IN_THE_LOOP"))
                .body("nearMisses", not(empty()))
                .body("counterfactuals[0].mode", equalTo("AUTONOMOUS"))
                .body("accountability.proposedBy.subject", equalTo("test agent"))
                .body("accountability.agent", equalTo(agent))
                .body("accountability.operator", nullValue())
                .body("accountability.decidedBy.owner", hasItem(containsString("@")))
                .body("accountability.decidedBy[0].cells", not(empty()))
                .body("accountability.stage.stage", equalTo("FULL"))
                .body("accountability.stage.capped", equalTo(false))
                .body("accountability.stops", empty())
                .body("accountability.policy.digest", startsWith("sha256:"))
                .body("accountability.record.leafHash", startsWith("sha256:"))
                .extract()
                .jsonPath();
        assertThat(answer.getString("text"))
                .contains("`test agent`")
                .contains(agent)
                .contains("620.00 USD")
                .contains("It would have been autonomous if")
                .contains(answer.getString("accountability.record.leafHash"));
    }

    @Test
    void explanationOfAnErasedDecisionSaysSo() {
        JsonPath verdict = post(as("agent"), "/v1/decisions", proposal("bot-" + id(), id()))
                .statusCode(200)
                .extract()
                .jsonPath();
        Ledger.eraseFacts(verdict.getLong("record.index"));
        String path = "/v1/decisions/" + verdict.getString("decisionId");
        as("compliance")
                .get(path + "/explanation")
                .then()
                .statusCode(200)
                .body("containsKey('nearMisses')", equalTo(false))
                .body("containsKey('counterfactuals')", equalTo(false))
                .body("incomplete", containsString("erased"))
                .body("accountability.stage", nullValue())
                .body("text", containsString("erased"));
        as("compliance")
                .get(path + FULL)
                .then()
                .statusCode(200)
                .body("containsKey('nearMisses')", equalTo(false))
                .body("incomplete", containsString("erased"));
    }

    @Test
    void stopLeavesNothingThatACallerCouldChange() {
        String agent = trusted();
        post(
                        as("operator"),
                        "/v1/stops",
                        "{\"scope\":{\"kind\":\"agent\",\"value\":\"" + agent + "\"},\"reason\":\"It loops.\"}")
                .statusCode(201);
        String decision = post(as("agent"), "/v1/decisions" + FULL, expensive(agent, id()))
                .statusCode(200)
                .body("directive", equalTo("HALT"))
                .body("counterfactuals", empty())
                .extract()
                .path("decisionId");
        as("compliance")
                .get("/v1/decisions/" + decision + "/explanation")
                .then()
                .statusCode(200)
                .body("accountability.stops.reason", hasItem("It loops."))
                .body("text", containsString("It loops."));
    }

    @Test
    void decisionsOfOthersAreNotExplained() {
        String mine = "bot-" + id();
        String key = TestKeys.create("system " + mine, List.of("agent"), List.of(mine));
        String others = post(as("agent"), "/v1/decisions", proposal("bot-" + id(), id()))
                .statusCode(200)
                .extract()
                .path("decisionId");
        for (String unknown : List.of(others, id(), "nope")) {
            with(key)
                    .get("/v1/decisions/" + unknown + "/explanation")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("UNKNOWN_DECISION"));
            with(key).get("/v1/decisions/" + unknown + FULL).then().statusCode(404);
        }
    }
}
