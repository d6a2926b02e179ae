package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.DecisionApiIT.proposal;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** Stages by two people, over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StageProposalIT {
    private static final String PATH = "/v1/stages/proposals";

    @Test
    void onePersonProposesAndAnotherAccepts() {
        String agent = "bot-" + id();
        String proposed = propose(agent, "billing.*")
                .statusCode(201)
                .body("state", equalTo("OPEN"))
                .body("from", equalTo("SUPERVISED"))
                .body("stage", equalTo("LIMITED"))
                .body("proposedBy", equalTo("test operator"))
                .body("until", nullValue())
                .body("acceptance", nullValue())
                .body("expiresAt", notNullValue())
                .extract()
                .path("id");
        decides(agent, "HUMAN_IN_THE_LOOP");
        as("operator").get("/v1/stages/" + agent + "/billing.*").then().statusCode(404);
        as("operator")
                .post(PATH + "/" + proposed + "/accept")
                .then()
                .statusCode(409)
                .body("code", equalTo("SECOND_PERSON_REQUIRED"));
        JsonPath accepted = asSecond("operator")
                .post(PATH + "/" + proposed + "/accept")
                .then()
                .statusCode(200)
                .body("state", equalTo("ACCEPTED"))
                .body("acceptance.by", equalTo("test operator#2"))
                .extract()
                .jsonPath();
        decides(agent, "AUTONOMOUS");
        as("compliance")
                .get("/v1/stages/" + agent + "/billing.*")
                .then()
                .statusCode(200)
                .body("stage", equalTo("LIMITED"))
                .body("override", equalTo(false))
                .body("proposedBy", equalTo("test operator"))
                .body("setBy", equalTo("test operator#2"))
                .body("reason", equalTo("earned"))
                .body("record.index", equalTo(accepted.getInt("acceptance.record.index")));
        asSecond("operator")
                .post(PATH + "/" + proposed + "/accept")
                .then()
                .statusCode(409)
                .body("code", equalTo("STAGE_PROPOSAL_ACCEPTED"));
        as("compliance")
                .get(PATH + "?agent=" + agent)
                .then()
                .statusCode(200)
                .body("items.id", contains(proposed))
                .body("items[0].state", equalTo("ACCEPTED"));
    }

    @Test
    void whatOnePersonSetsIsAnOverrideAndOutdatesWhatWasProposed() {
        String agent = "bot-" + id();
        String proposed =
                propose(agent, "billing.adjust").statusCode(201).extract().path("id");
        as("operator")
                .contentType("application/json")
                .body("{\"stage\":\"SHADOW\",\"reason\":\"odd\",\"until\":\"2099-01-01T00:00:00Z\"}")
                .put("/v1/stages/" + agent + "/billing.adjust")
                .then()
                .statusCode(200)
                .body("override", equalTo(true))
                .body("proposedBy", nullValue())
                .body("setBy", equalTo("test operator"))
                .body("until", equalTo("2099-01-01T00:00:00.000000Z"));
        as("compliance")
                .get("/v1/stages?agent=" + agent)
                .then()
                .statusCode(200)
                .body("items.override", contains(true))
                .body("items.setAt", hasSize(1));
        as("compliance").get(PATH + "?agent=" + agent).then().body("items.state", contains("OUTDATED"));
        asSecond("operator")
                .post(PATH + "/" + proposed + "/accept")
                .then()
                .statusCode(409)
                .body("code", equalTo("STAGE_PROPOSAL_OUTDATED"));
        decides(agent, "HUMAN_IN_CONTROL");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        post(as("operator"), PATH, "{\"agent\":\"\",\"stage\":\"limited\",\"x\":1}")
                .statusCode(422)
                .body("code", equalTo("INVALID_STAGE"))
                .body("violations.pointer", contains("/action", "/stage", "/reason", "/x"));
        post(
                        as("operator"),
                        PATH,
                        "{\"agent\":\" \",\"action\":\"billing*\",\"stage\":\"FULL\",\"reason\":\"r\",\"until\":\"2001-01-01T00:00:00Z\"}")
                .statusCode(422)
                .body("violations.pointer", contains("/agent", "/action", "/until"));
        for (String unknown : new String[] {id(), "nope"}) {
            as("operator")
                    .post(PATH + "/" + unknown + "/accept")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("STAGE_PROPOSAL_NOT_FOUND"));
        }
        as("operator").get(PATH + "?state=OPEN").then().statusCode(400);
    }

    private static ValidatableResponse propose(String agent, String action) {
        return post(
                as("operator"),
                PATH,
                "{\"agent\":\"" + agent + "\",\"action\":\"" + action
                        + "\",\"stage\":\"LIMITED\",\"reason\":\"earned\"}");
    }

    private static void decides(String agent, String mode) {
        post(as("agent"), "/v1/decisions", proposal(agent, id()))
                .statusCode(200)
                .body("mode", equalTo(mode));
    }
}
