package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.DecisionApiIT.proposal;
import static io.leeway.api.TestKeys.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions made again, over HTTP, on the shipped policy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReexecutionIT {
    @Test
    void aDecisionComesOutAsItWasRecorded() {
        JsonPath decided = decided();
        long before = Ledger.size();
        again(decided.getString("decisionId"))
                .statusCode(200)
                .contentType("application/json")
                .body("decisionId", equalTo(decided.getString("decisionId")))
                .body("equal", equalTo(true))
                .body("policy.digest", equalTo(decided.getString("policy.digest")))
                .body("policy.version", equalTo(decided.getString("policy.version")))
                .body("containsKey('difference')", equalTo(false))
                .body("containsKey('incomplete')", equalTo(false))
                .body("today.same", equalTo(true))
                .body("today.policy.digest", startsWith("sha256:"))
                .body("today.mode", equalTo(decided.getString("mode")))
                .body("today.directive", equalTo(decided.getString("directive")))
                .body("today.reason", equalTo(decided.getString("reason")))
                .body("today.matched", equalTo(decided.getList("matched")))
                .body("today.containsKey('refusal')", equalTo(false));
        org.assertj.core.api.Assertions.assertThat(Ledger.size())
                .as("nothing is recorded")
                .isEqualTo(before);
    }

    @Test
    void stopsOfThenStillHoldInIt() {
        String agent = "bot-" + id();
        String body = "{\"scope\":{\"kind\":\"agent\",\"value\":\"" + agent + "\"},\"reason\":\"It loops.\"}";
        String stop = post(as("operator"), "/v1/stops", body)
                .statusCode(201)
                .extract()
                .path("id");
        String decision = post(as("agent"), "/v1/decisions", proposal(agent, id()))
                .statusCode(200)
                .body("directive", equalTo("HALT"))
                .extract()
                .path("decisionId");
        for (String person : List.of("first", "second")) {
            post(
                    person.equals("first") ? as("operator") : TestKeys.asSecond("operator"),
                    "/v1/stops/" + stop + "/release",
                    "{\"reason\":\"It is mended.\"}");
        }
        again(decision)
                .statusCode(200)
                .body("equal", equalTo(true))
                .body("today.directive", equalTo("HALT"))
                .body("today.matched.rule", not(empty()));
    }

    @Test
    void whatWasErasedCannotBeMadeAgain() {
        JsonPath decided = decided();
        Ledger.eraseFacts(decided.getLong("record.index"));
        again(decided.getString("decisionId"))
                .statusCode(200)
                .body("equal", nullValue())
                .body("incomplete", containsString("erased"))
                .body("policy.digest", equalTo(decided.getString("policy.digest")))
                .body("today", nullValue());
    }

    @Test
    void unknownDecisionsAreNotFound() {
        for (String unknown : List.of(id(), "nope", "01a2049e-9435-7e5b-8000-00445c27da0e")) {
            again(unknown).statusCode(404).body("code", equalTo("UNKNOWN_DECISION"));
        }
        as("compliance")
                .post("/v1/decisions/" + id() + "/reexecution?explain=full")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_QUERY"));
    }

    private static JsonPath decided() {
        return post(as("agent"), "/v1/decisions", proposal("bot-" + id(), id()))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static ValidatableResponse again(String decision) {
        return as("compliance")
                .post("/v1/decisions/" + decision + "/reexecution")
                .then();
    }
}
