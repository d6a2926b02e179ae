package io.leeway.api;

import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static io.leeway.api.TestKeys.with;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and agents ask about stops beside placing them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StopApiIT {
    @Test
    void aStopSaysWhichAgentsAreKnownToKeepToIt() {
        String bot = "confirm-" + UUID.randomUUID();
        SmallSelection own = SmallSelection.next().agent(bot);
        stage(bot);
        decide(own).body("directive", equalTo("PROCEED"));
        String stop = place("agent", bot, "");
        find(stop)
                .body("confirmation.complete", equalTo(true))
                .body("confirmation.agents.agent", contains(bot))
                .body("confirmation.agents[0].state", equalTo("REQUESTED"))
                .body("confirmation.agents[0].livePermits", equalTo(1))
                .body("confirmation.agents[0].attempts", equalTo(0))
                .body("confirmation.agents[0].reactionMillis", nullValue());
        decide(SmallSelection.next().agent(bot)).body("directive", equalTo("HALT"));
        find(stop)
                .body("confirmation.agents[0].attempts", equalTo(1))
                .body("confirmation.agents[0].reason", containsString("proposed in scope"));
        int entry = acknowledge(stop, bot).statusCode(200).extract().path("record.index");
        acknowledge(stop, bot).statusCode(200).body("record.index", equalTo(entry));
        find(stop)
                .body("confirmation.agents[0].state", equalTo("CONFIRMED"))
                .body("confirmation.agents[0].proof", equalTo("ACKNOWLEDGEMENT"))
                .body("confirmation.agents[0].reactionMillis", greaterThanOrEqualTo(0));
        release(stop);
        find(stop).body("state", equalTo("RELEASED")).body("confirmation.agents[0].state", equalTo("CONFIRMED"));
        acknowledge(stop, bot).statusCode(200);
    }

    @Test
    void aPermitThatWasUsedBeforeConcernsNobody() {
        String bot = "used-" + UUID.randomUUID();
        stage(bot);
        SmallSelection own = SmallSelection.next().agent(bot);
        var answer = decide(own).extract().jsonPath();
        post(
                        as("agent"),
                        "/v1/permits/" + answer.getString("permit.id") + "/consumption",
                        "{\"actionDigest\":\"" + answer.getString("actionDigest") + "\"}")
                .statusCode(200);
        String stop = place("trace", own.trace(), "");
        find(stop).body("confirmation.agents", empty());
        release(stop);
    }

    @Test
    void aDrillShowsHowLongEachAgentTook() {
        String bot = "drill-" + UUID.randomUUID();
        String other = "drill-" + UUID.randomUUID();
        SmallSelection own = SmallSelection.next();
        String drill = place("subject", own.subject(), ",\"drill\":true");
        for (String agent : List.of(bot, other)) {
            decide(SmallSelection.next().agent(agent).subject(own.subject())).body("drills.id", contains(drill));
        }
        simulate(SmallSelection.next().subject(own.subject())).body("drills.id", contains(drill));
        acknowledge(drill, bot).statusCode(200);
        find(drill)
                .body("drill", equalTo(true))
                .body("confirmation.agents.agent", containsInAnyOrder(bot, other))
                .body("confirmation.agents.find { it.agent == '" + bot + "' }.reactionMillis", greaterThanOrEqualTo(0))
                .body("confirmation.agents.find { it.agent == '" + bot + "' }.attempts", equalTo(1))
                .body("confirmation.agents.find { it.agent == '" + other + "' }.state", equalTo("REQUESTED"));
        post(as("operator"), "/v1/stops/" + drill + "/release", "{\"reason\":\"done\"}")
                .statusCode(200)
                .body("state", equalTo("RELEASED"));
        decide(SmallSelection.next().subject(own.subject())).body("drills", nullValue());
        simulate(SmallSelection.next().subject(own.subject())).body("drills", nullValue());
        acknowledge(drill, other).statusCode(409).body("code", equalTo("STOP_RELEASED"));
    }

    @Test
    void anAgentSpeaksForItself() {
        String bot = "own-" + UUID.randomUUID();
        String stop = place("agent", bot, "");
        String key = TestKeys.create("key of " + bot, List.of("agent"), List.of("another"));
        post(with(key), "/v1/stops/" + stop + "/acknowledgement", "{\"agent\":\"" + bot + "\"}")
                .statusCode(403)
                .body("code", equalTo("AGENT_NOT_OF_KEY"));
        post(with(key), "/v1/stops/" + stop + "/acknowledgement", "{\"agent\":\"another\"}")
                .statusCode(409)
                .body("code", equalTo("NOT_CONCERNED"));
        post(with(key), "/v1/stops/" + stop + "/acknowledgement", "{\"agnet\":\"another\"}")
                .statusCode(422)
                .body("violations.pointer", containsInAnyOrder("/agent", "/agnet"));
        post(with(key), "/v1/stops/" + UUID.randomUUID() + "/acknowledgement", "{\"agent\":\"another\"}")
                .statusCode(404)
                .body("code", equalTo("STOP_NOT_FOUND"));
        release(stop);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"all"}                         | 422 | /first
            {"kind":"action","value":"*"}          | 422 | /first
            {"kind":"action","value":"confirm.*"}  | 422 | /first
            {"kind":"action","value":"other.type"} | 422 | /first
            {"kind":"action"}                      | 422 | /first/value
            {"kind":"world"}                       | 422 | /first/kind
            {"kind":"agent","valeu":"x"}           | 422 | /first/valeu
            """)
    void whatGoesFirstIsAPart(String first, int status, String pointer) {
        String stop = place("action", "confirm.*", "");
        post(as("operator"), "/v1/stops/" + stop + "/release", "{\"reason\":\"ok\",\"first\":" + first + "}")
                .statusCode(status)
                .body("violations.pointer", hasItem(pointer));
        release(stop);
    }

    @Test
    void aPartIsLetGoOnceByTwoPeople() {
        String stop = place("action", "parts.*", ",\"level\":\"APPROVE_ALL\"");
        String part = "{\"reason\":\"ok\",\"first\":{\"kind\":\"agent\",\"value\":\"parts-bot\"}}";
        String path = "/v1/stops/" + stop + "/release";
        post(as("operator"), path, part)
                .statusCode(202)
                .body("level", equalTo("APPROVE_ALL"))
                .body("state", equalTo("ACTIVE"))
                .body("first[0].held", equalTo(true))
                .body("first[0].scope.value", equalTo("parts-bot"));
        post(as("operator"), path, part).statusCode(409).body("code", equalTo("SECOND_PERSON_REQUIRED"));
        post(asSecond("operator"), path, part)
                .statusCode(200)
                .body("state", equalTo("ACTIVE"))
                .body("first[0].held", equalTo(false))
                .body("first[0].releases.size()", equalTo(2));
        post(as("operator"), path, part).statusCode(409).body("code", equalTo("STOP_NARROWED"));
        release(stop);
        post(as("operator"), path, part).statusCode(409).body("code", equalTo("STOP_RELEASED"));
    }

    @Test
    void nothingOfADrillGoesFirst() {
        String drill = place("action", "parts.*", ",\"drill\":true");
        String part = "{\"reason\":\"ok\",\"first\":{\"kind\":\"agent\",\"value\":\"parts-bot\"}}";
        post(as("operator"), "/v1/stops/" + drill + "/release", part)
                .statusCode(409)
                .body("code", equalTo("STOP_IS_DRILL"));
        release(drill);
    }

    @Test
    void aLevelIsOneOfTwo() {
        post(as("operator"), "/v1/stops", """
                {"scope":{"kind":"all"},"level":"SLOW","drill":"yes","reason":"x"}""")
                .statusCode(422)
                .body("violations.pointer", containsInAnyOrder("/level", "/drill"))
                .body("violations.message", hasItem(containsString("APPROVE_ALL")));
    }

    @Test
    void aDecisionMadeUnderAStopIsMadeAgainToTheByte() {
        SmallSelection own = SmallSelection.next();
        String stop = place("trace", own.trace(), ",\"level\":\"APPROVE_ALL\"");
        String id = decide(own)
                .body("directive", equalTo("AWAIT_APPROVAL"))
                .extract()
                .path("decisionId");
        release(stop);
        as("compliance")
                .post("/v1/decisions/" + id + "/reexecution")
                .then()
                .statusCode(200)
                .body("equal", equalTo(true));
        as("compliance")
                .get("/v1/decisions/" + id)
                .then()
                .body("facts.derived.stops[0].level", equalTo("APPROVE_ALL"))
                .body("facts.derived.stops[0].id", equalTo(stop));
    }

    private static ValidatableResponse find(String stop) {
        return as("operator").get("/v1/stops/" + stop).then().statusCode(200);
    }

    private static ValidatableResponse decide(SmallSelection proposal) {
        return post(as("agent"), "/v1/decisions", proposal.json()).statusCode(200);
    }

    private static ValidatableResponse simulate(SmallSelection proposal) {
        return post(as("agent"), "/v1/simulations", proposal.json()).statusCode(200);
    }

    private static ValidatableResponse acknowledge(String stop, String agent) {
        return post(as("agent"), "/v1/stops/" + stop + "/acknowledgement", "{\"agent\":\"" + agent + "\"}");
    }

    private static String place(String kind, String value, String more) {
        return post(
                        as("operator"),
                        "/v1/stops",
                        "{\"scope\":{\"kind\":\"" + kind + "\",\"value\":\"" + value + "\"},\"reason\":\"a test\""
                                + more + "}")
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void release(String stop) {
        for (var person : List.of(as("operator"), asSecond("operator"))) {
            post(person, "/v1/stops/" + stop + "/release", "{\"reason\":\"all clear\"}");
        }
    }

    private static void stage(String agent) {
        as("operator")
                .contentType("application/json")
                .body("{\"stage\":\"LIMITED\",\"reason\":\"test\"}")
                .put("/v1/stages/" + agent + "/carrier.select")
                .then()
                .statusCode(200);
    }
}
