package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static io.leeway.api.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The calls of agent platforms and operators, over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DecisionApiIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    /** On an account of its own: what others do does not count. */
    static String proposal(String agent, String action) {
        return """
                {"action":{"id":"%s","type":"billing.adjust","summary":"Reverse","amount":{"value":"120.00","currency":"USD"},
                  "confidence":0.93,"reversible":true},
                 "agent":{"id":"%s"},"subject":{"type":"account","id":"A-%s"},
                 "evidence":[{"name":"charge.record","source":"billing-db","observedAt":"%s"}],"trace":{"id":"tr-%s"}}""".formatted(action, agent, action, Instant.now(), action);
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    static ValidatableResponse post(RequestSpecification by, String path, String body) {
        return by.contentType("application/json").body(body).post(path).then();
    }

    @Test
    void verdictIsAnsweredInTheShapeOfTheContract() {
        post(as("agent"), "/v1/decisions", proposal("api-bot", id()))
                .statusCode(200)
                .contentType("application/json")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .body("decisionId", matchesPattern("[0-9a-f-]{36}"))
                .body("mode", equalTo("HUMAN_IN_THE_LOOP"))
                .body("directive", equalTo("AWAIT_APPROVAL"))
                .body("reason", notNullValue())
                .body("reasonCodes", notNullValue())
                .body("decidedAt", matchesPattern(TIME))
                .body("validUntil", matchesPattern(TIME))
                .body("matched.size()", greaterThan(0))
                .body("matched.find { it.rule == 'STAGE' }.source", nullValue())
                .body("permit", nullValue())
                .body("approval.href", startsWith("/v1/approvals/"))
                .body("approval.requires[0].quorum", greaterThan(0))
                .body("approval.expiresAt", matchesPattern(TIME))
                .body("actionDigest", matchesPattern("sha256:[0-9a-f]{64}"))
                .body("policy.version", notNullValue())
                .body("policy.digest", notNullValue())
                .body("record.index", greaterThan(0))
                .body("record.leafHash", notNullValue())
                .body("containsKey('state')", equalTo(false))
                .body("containsKey('actor')", equalTo(false))
                .body("containsKey('facts')", equalTo(false));
    }

    @Test
    void decisionIsReadBackWithItsStateAndItsFacts() {
        String agent = "bot-" + id();
        String action = id();
        String decision = post(as("agent"), "/v1/decisions", proposal(agent, action))
                .statusCode(200)
                .extract()
                .path("decisionId");
        as("compliance")
                .get("/v1/decisions/" + decision)
                .then()
                .statusCode(200)
                .body("decisionId", equalTo(decision))
                .body("state", equalTo("PENDING"))
                .body("actor.issuer", equalTo("leeway"))
                .body("actor.subject", equalTo("test agent"))
                .body("agent", equalTo(agent))
                .body("actionType", equalTo("billing.adjust"))
                .body("facts.proposal.action.id", equalTo(action))
                .body("facts.proposal.evidence[0].source", equalTo("billing-db"))
                .body("facts.derived.stage", equalTo("SUPERVISED"))
                .body("facts.derived.policy.version", notNullValue());
        as("agent").get("/v1/decisions/" + decision + "?wait=PT1S").then().statusCode(200);
        as("agent").get("/v1/decisions/" + decision + "?wait=PT61S").then().statusCode(400);
        as("agent").get("/v1/decisions/" + decision + "?wiat=PT1S").then().statusCode(400);
        as("operator")
                .get("/v1/decisions?agent=" + agent)
                .then()
                .body("items.decisionId", contains(decision))
                .body("items[0].agent", equalTo(agent))
                .body("items[0].actionType", equalTo("billing.adjust"))
                .body("items[0].containsKey('facts')", equalTo(false));
    }

    @Test
    void erasedFactsAreNullAndTheHeaderStillTellsWhoWantedWhat() {
        String agent = "bot-" + id();
        var verdict = post(as("agent"), "/v1/decisions", proposal(agent, id()))
                .statusCode(200)
                .extract()
                .jsonPath();
        Ledger.eraseFacts(verdict.getLong("record.index"));
        as("compliance")
                .get("/v1/decisions/" + verdict.getString("decisionId"))
                .then()
                .statusCode(200)
                .body("containsKey('facts')", equalTo(true))
                .body("facts", nullValue())
                .body("agent", equalTo(agent))
                .body("mode", equalTo("HUMAN_IN_THE_LOOP"));
    }

    @Test
    void failingClosedIsCountedByCode() {
        double before = failedClosed();
        post(as("agent"), "/v1/decisions", proposal("api-bot", id()).replace("billing.adjust", "weather.change"))
                .statusCode(200)
                .body("reasonCodes", contains("UNKNOWN_ACTION"));
        assertThat(failedClosed()).isEqualTo(before + 1);
        post(as("agent"), "/v1/decisions", proposal("api-bot", id())).statusCode(200);
        assertThat(failedClosed()).isEqualTo(before + 1);
    }

    private static double failedClosed() {
        return as("operator")
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("leeway_fail_closed_total{code=\"UNKNOWN_ACTION\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void listsAreReadPageByPage() {
        String agent = "bot/ä & " + id();
        for (int i = 0; i < 3; i++) {
            post(as("agent"), "/v1/decisions", proposal(agent, id())).statusCode(200);
        }
        var first = as("compliance")
                .queryParam("agent", agent)
                .queryParam("limit", 2)
                .get("/v1/decisions");
        first.then().statusCode(200).body("items", hasSize(2));
        String link = first.header("Link");
        assertThat(link).endsWith(">; rel=\"next\"");
        as("compliance")
                .urlEncodingEnabled(false)
                .get(link.substring(1, link.indexOf('>')))
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("items", hasSize(1));
        as("compliance")
                .get("/v1/decisions?limit=501&mode=LOOSE&from=today&cursor=x&agnet=a")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_QUERY"))
                .body("violations", hasSize(5));
    }

    @Test
    void permitIsUsedOnce() {
        String agent = "bot-" + id();
        as("operator")
                .contentType("application/json")
                .body("{\"stage\":\"LIMITED\",\"reason\":\"earned\"}")
                .put("/v1/stages/" + agent + "/billing.adjust")
                .then()
                .statusCode(200);
        JsonPath verdict = post(as("agent"), "/v1/decisions", proposal(agent, id()))
                .statusCode(200)
                .body("mode", equalTo("AUTONOMOUS"))
                .body("directive", equalTo("PROCEED"))
                .body("approval", nullValue())
                .extract()
                .jsonPath();
        String path = "/v1/permits/" + verdict.getString("permit.id") + "/consumption";
        String digest = "{\"actionDigest\":\"" + verdict.getString("actionDigest") + "\"}";
        post(as("agent"), path, "{\"actionDigest\":\"sha256:" + "0".repeat(64) + "\"}")
                .statusCode(409)
                .body("code", equalTo("ACTION_DIGEST_MISMATCH"));
        post(as("agent"), path, "{}").statusCode(422).body("violations.pointer", contains("/actionDigest"));
        post(as("agent"), path, digest)
                .statusCode(200)
                .body("permitId", equalTo(verdict.getString("permit.id")))
                .body("decisionId", equalTo(verdict.getString("decisionId")))
                .body("consumedAt", matchesPattern(TIME));
        post(as("agent"), path, digest).statusCode(409).body("code", equalTo("PERMIT_CONSUMED"));
        post(as("agent"), "/v1/permits/nope/consumption", digest).statusCode(404);
    }

    @Test
    void batchIsAnsweredInOrderWithProblemsInTheirPlace() {
        String body =
                "{\"proposals\":[" + proposal("api-bot", id()) + ",{\"action\":{}}," + proposal("api-bot", id()) + "]}";
        post(as("agent"), "/v1/decisions/batch", body)
                .statusCode(200)
                .body("verdicts", hasSize(3))
                .body("verdicts[0].decisionId", notNullValue())
                .body("verdicts[1].status", equalTo(422))
                .body("verdicts[1].violations.pointer.every { it.startsWith('/proposals/1/') }", equalTo(true))
                .body("verdicts[2].record.index", greaterThan(0));
    }

    @Test
    void simulationIsRecordedNowhere() {
        long before = Ledger.size();
        post(as("policy-author"), "/v1/simulations", proposal("api-bot", id()))
                .statusCode(200)
                .body("decisionId", nullValue())
                .body("record", nullValue())
                .body("permit", nullValue())
                .body("mode", notNullValue());
        assertThat(Ledger.size()).isEqualTo(before);
    }

    @Test
    void keySpeaksForItsAgentsOnly() {
        String mine = "bot-" + id();
        String other = "bot-" + id();
        String key = TestKeys.create("system " + mine, List.of("agent"), List.of(mine));
        String decision = post(with(key), "/v1/decisions", proposal(mine, id()))
                .statusCode(200)
                .extract()
                .path("decisionId");
        String others = post(as("agent"), "/v1/decisions", proposal(other, id()))
                .statusCode(200)
                .extract()
                .path("decisionId");
        post(with(key), "/v1/decisions", proposal(other, id()))
                .statusCode(403)
                .body("code", equalTo("AGENT_NOT_OF_KEY"));
        post(with(key), "/v1/simulations", proposal(other, id())).statusCode(403);
        post(with(key), "/v1/decisions/batch", "{\"proposals\":[" + proposal(other, id()) + "]}")
                .statusCode(200)
                .body("verdicts[0].status", equalTo(403));
        with(key)
                .get("/v1/decisions/" + decision)
                .then()
                .statusCode(200)
                .body("facts.proposal.agent.id", equalTo(mine));
        with(key).get("/v1/decisions/" + others).then().statusCode(404).contentType("application/problem+json");
        with(key).get("/v1/decisions").then().statusCode(200).body("items.decisionId", contains(decision));
        with(key).get("/v1/decisions?agent=" + other).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void stopTakesOnePersonAndItsReleaseTwo() {
        String agent = "bot-" + id();
        var placed = post(
                        as("operator"),
                        "/v1/stops",
                        "{\"scope\":{\"kind\":\"agent\",\"value\":\"" + agent + "\"},\"reason\":\"odd\"}")
                .statusCode(201)
                .body("state", equalTo("ACTIVE"))
                .body("scope.kind", equalTo("agent"))
                .body("placedBy", equalTo("test operator"))
                .body("placedAt", matchesPattern(TIME));
        String stop = placed.extract().path("id");
        assertThat((String) placed.extract().header("Location")).endsWith("/v1/stops/" + stop);
        post(as("agent"), "/v1/decisions", proposal(agent, id()))
                .statusCode(200)
                .body("directive", equalTo("HALT"))
                .body("matched.rule", org.hamcrest.Matchers.hasItem("STOP:" + stop));
        String release = "/v1/stops/" + stop + "/release";
        post(as("operator"), release, "{\"reason\":\"fine\"}").statusCode(202).body("releases", hasSize(1));
        post(as("operator"), release, "{\"reason\":\"fine\"}")
                .statusCode(409)
                .body("code", equalTo("SECOND_PERSON_REQUIRED"));
        post(asSecond("operator"), release, "{\"reason\":\"fine\"}")
                .statusCode(200)
                .body("state", equalTo("RELEASED"));
        as("compliance")
                .get("/v1/stops?limit=500")
                .then()
                .statusCode(200)
                .body("items.id", org.hamcrest.Matchers.hasItem(stop));
        post(as("operator"), "/v1/stops", "{\"scope\":{\"kind\":\"world\",\"valeu\":1},\"reason\":\"\",\"x\":1}")
                .statusCode(422)
                .body("code", equalTo("INVALID_STOP"))
                .body("violations.pointer", contains("/reason", "/scope/kind", "/scope/valeu", "/x"));
    }

    @Test
    void stageIsSetAgainstTheOneThatWasSeen() {
        String path = "/v1/stages/bot-" + id() + "/billing.*";
        String body = "{\"stage\":\"LIMITED\",\"reason\":\"earned\",\"until\":\"2099-01-01T00:00:00Z\"}";
        String tag = json("operator", body)
                .header("If-None-Match", "*")
                .put(path)
                .then()
                .statusCode(200)
                .body("stage", equalTo("LIMITED"))
                .body("action", equalTo("billing.*"))
                .body("until", equalTo("2099-01-01T00:00:00.000000Z"))
                .extract()
                .header("ETag");
        as("operator").get(path).then().statusCode(200).header("ETag", tag);
        json("operator", body).header("If-None-Match", "*").put(path).then().statusCode(412);
        json("operator", body).header("If-Match", "\"0\"").put(path).then().statusCode(412);
        json("operator", body).header("If-Match", "W/" + tag).put(path).then().statusCode(412);
        json("operator", body).header("If-Match", "*").put(path).then().statusCode(400);
        json("operator", body).header("If-Match", tag).put(path).then().statusCode(200);
        json("operator", "{\"stage\":\"limited\",\"reason\":1}")
                .put(path)
                .then()
                .statusCode(422)
                .body("violations.pointer", contains("/stage", "/reason"));
        as("operator").get("/v1/stages/nobody/x").then().statusCode(404).body("code", equalTo("STAGE_NOT_FOUND"));
        as("operator").get("/v1/stages").then().statusCode(200).body("items.setBy", everyItem(notNullValue()));
    }

    private static RequestSpecification json(String role, String body) {
        return as(role).contentType("application/json").body(body);
    }

    @Test
    void keyIsShownOnceAndWorthNothingOnceRevoked() {
        var made = post(
                        as("admin"),
                        "/v1/keys",
                        "{\"name\":\"s " + id() + "\",\"roles\":[\"compliance\"],\"expiresIn\":\"P1D\"}")
                .statusCode(201);
        String key = made.extract().path("key");
        String keyId = made.extract().path("id");
        as("admin")
                .get("/v1/keys?limit=500")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + keyId + "' }.containsKey('key')", equalTo(false));
        with(key).get("/v1/vocabulary").then().statusCode(200);
        as("admin").delete("/v1/keys/" + keyId).then().statusCode(204);
        with(key).get("/v1/vocabulary").then().statusCode(401).header("WWW-Authenticate", "Bearer");
        as("admin").delete("/v1/keys/nope").then().statusCode(404);
        post(
                        as("admin"),
                        "/v1/keys",
                        "{\"name\":\" x\",\"roles\":[\"agent\",\"operator\",\"king\"],\"expiresIn\":\"P9999D\"}")
                .statusCode(422)
                .body(
                        "violations.pointer",
                        org.hamcrest.Matchers.hasItems("/name", "/roles/2", "/roles", "/expiresIn"));
    }

    @Test
    void vocabularyNamesPathsAndWhatTheActiveVersionDeclares() {
        as("policy-author")
                .get("/v1/vocabulary")
                .then()
                .statusCode(200)
                .body("items.path", org.hamcrest.Matchers.hasItems("action.amount", "agent.stage"))
                .body("items.find { it.path == 'action.amount' }.type", equalTo("NUMBER"))
                .body("actions.type", org.hamcrest.Matchers.hasItem("billing.adjust"))
                .body("policy.digest", containsString(""));
    }
}
