package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.leeway.testing.Story;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is decided for a key that is observed: everything as it would be, and nothing that binds. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ObservedDecisionsIT {
    private static final Duration A_WEEK = Duration.ofDays(7);

    @Test
    void everyStoryIsDecidedAsEnforcedAndBindsNobody() {
        ObservedKey enforced = ObservedKey.enforced();
        ObservedKey observed = ObservedKey.observed(A_WEEK);
        List<String> modes = new ArrayList<>();
        for (String stage : List.of("SHADOW", "SUPERVISED", "LIMITED")) {
            stage("billing-bot", "billing.*", stage);
            stage("logistics-bot", "*", stage);
            for (Story story : Story.all()) {
                JsonPath bound = enforced.decide(story.proposal());
                JsonPath free = observed.decide(Story.of(story.name()).proposal());
                for (String same : List.of("mode", "reason", "reasonCodes", "matched.rule", "obligations", "policy")) {
                    assertThat(free.<Object>get(same))
                            .as(same + " of " + story.name())
                            .isEqualTo(bound.get(same));
                }
                assertThat(bound.getBoolean("enforced")).isTrue();
                assertBindsNobody(free, "PROCEED");
                assertComesOutAgain(free);
                modes.add(free.getString("mode"));
            }
        }
        assertThat(modes).contains("AUTONOMOUS", "HUMAN_IN_THE_LOOP", "HUMAN_IN_CONTROL");
    }

    private static void assertBindsNobody(JsonPath free, String directive) {
        assertThat(free.getBoolean("enforced")).isFalse();
        assertThat(free.getString("directive")).isEqualTo(directive);
        assertThat(free.<Object>get("permit")).isNull();
        assertThat(free.<Object>get("approval")).isNull();
        assertThat(free.getString("validUntil")).isEqualTo(free.getString("decidedAt"));
    }

    private static void assertComesOutAgain(JsonPath decided) {
        as("compliance")
                .post("/v1/decisions/" + decided.getString("decisionId") + "/reexecution")
                .then()
                .statusCode(200)
                .body("equal", equalTo(true))
                .body("today.same", equalTo(true));
    }

    @Test
    void itIsReadAsItWasAnswered() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        String agent = "read-bot-" + id();
        JsonPath decided = key.decide(SmallSelection.next().agent(agent).json());
        assertThat(decided.getString("mode")).isEqualTo("HUMAN_IN_THE_LOOP");
        String path = "/v1/decisions/" + decided.getString("decisionId");
        as("operator")
                .get(path)
                .then()
                .statusCode(200)
                .body("enforced", equalTo(false))
                .body("directive", equalTo("PROCEED"))
                .body("state", equalTo("CLOSED"))
                .body("permit", nullValue())
                .body("approval", nullValue());
        as("operator").get("/v1/decisions?agent=" + agent).then().body("items.enforced", contains(false));
        as("operator")
                .get(path + "/explanation")
                .then()
                .statusCode(200)
                .body("enforced", equalTo(false))
                .body("text", containsString("not enforced"));
        Ledger.eraseFacts(decided.getLong("record.index"));
        as("operator").get(path).then().body("enforced", equalTo(false)).body("directive", equalTo("PROCEED"));
    }

    @Test
    void theyAreFoundApartFromThoseThatAreEnforced() {
        String agent = "sought-bot-" + id();
        List<String> observed = new ArrayList<>();
        List<String> enforced = new ArrayList<>();
        ObservedKey key = ObservedKey.observed(A_WEEK);
        for (int i = 0; i < 3; i++) {
            observed.add(0, decided(key, agent));
            enforced.add(0, decided(ObservedKey.enforced(), agent));
        }
        assertThat(found("?agent=" + agent + "&enforced=false")).isEqualTo(observed);
        assertThat(found("?agent=" + agent + "&enforced=true")).isEqualTo(enforced);
        assertThat(found("?agent=" + agent)).hasSize(6).containsAll(observed).containsAll(enforced);
        assertThat(found("?enforced=false&limit=2")).isEqualTo(observed.subList(0, 2));
        assertThat(found("?enforced=true&limit=1")).isEqualTo(enforced.subList(0, 1));
        assertThat(found("?agent=" + agent + "&enforced=false&mode=AUTONOMOUS")).isEmpty();
        as("operator")
                .get("/v1/decisions?enforced=no")
                .then()
                .statusCode(400)
                .body("violations[0].message", containsString("must be `true` or `false`, not `no`"));
    }

    private static String decided(ObservedKey key, String agent) {
        return key.decide(SmallSelection.next().agent(agent).json()).getString("decisionId");
    }

    private static List<String> found(String query) {
        return as("operator")
                .get("/v1/decisions" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.decisionId");
    }

    @Test
    void theHeaderSaysThatNothingWasEnforcedAndByWhoseWord() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        JsonPath decided = key.decide(SmallSelection.next().json());
        JsonObject header = JsonReader.object(Ledger.header(decided.getLong("record.index")));
        assertThat(header.members()).containsEntry("enforced", false).containsEntry("directive", "PROCEED");
        assertThat(header.members()).doesNotContainKey("permit");
        JsonObject agreed = JsonReader.object(Ledger.header(header.integer("ref")));
        assertThat(agreed.text("kind")).isEqualTo("key.observe");
        assertThat(agreed.object("actor").text("subject")).isEqualTo("test operator#2");
        assertThat(agreed.time("until")).isAfter(header.time("time"));
        key.enforce();
        JsonPath bound = key.decide(SmallSelection.next().json());
        assertThat(JsonReader.object(Ledger.header(bound.getLong("record.index")))
                        .members())
                .doesNotContainKeys("enforced", "ref");
    }

    @Test
    void aStopHoldsAnObservedAgentToo() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        String agent = "stopped-bot-" + id();
        String before = SmallSelection.next().agent(agent).json();
        assertBindsNobody(key.decide(before), "PROCEED");
        String stop = as("operator")
                .contentType("application/json")
                .body("{\"scope\":{\"kind\":\"agent\",\"value\":\"" + agent + "\"},\"reason\":\"It loops.\"}")
                .post("/v1/stops")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        JsonPath held = key.decide(SmallSelection.next().agent(agent).json());
        assertBindsNobody(held, "HALT");
        assertThat(held.getList("reasonCodes")).contains("STOP");
        assertComesOutAgain(held);
        JsonPath again = key.decide(before);
        assertBindsNobody(again, "HALT");
        assertThat(again.getList("reasonCodes")).contains("STOPPED");
        simulated(key, agent, "HALT");
        for (var person : List.of(as("operator"), asSecond("operator"))) {
            person.contentType("application/json")
                    .body("{\"reason\":\"It is mended.\"}")
                    .post("/v1/stops/" + stop + "/release");
        }
        assertBindsNobody(key.decide(before), "PROCEED");
        simulated(key, agent, "PROCEED");
    }

    /** Recorded nowhere, and otherwise as it would be. */
    private static void simulated(ObservedKey key, String agent, String directive) {
        long size = Ledger.size();
        JsonPath answer = key.post(
                        "/v1/simulations", SmallSelection.next().agent(agent).json())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertBindsNobody(answer, directive);
        assertThat(Ledger.size()).isEqualTo(size);
    }

    @Test
    void repeatingAProposalAnswersWhatWasRecordedWhateverHoldsByNow() {
        ObservedKey key = ObservedKey.enforced();
        String agent = "repeating-bot-" + id();
        String first = SmallSelection.next().agent(agent).json();
        JsonPath bound = key.decide(first);
        assertThat(bound.getString("directive")).isEqualTo("AWAIT_APPROVAL");
        key.observe(A_WEEK);
        assertThat(key.decide(first).<Map<String, Object>>get()).isEqualTo(bound.get());
        String second = SmallSelection.next().agent(agent).json();
        JsonPath free = key.decide(second);
        assertBindsNobody(free, "PROCEED");
        key.enforce();
        assertThat(key.decide(second).<Map<String, Object>>get()).isEqualTo(free.get());
        Ledger.eraseFacts(free.getLong("record.index"));
        assertBindsNobody(key.decide(second), "PROCEED");
    }

    @Test
    void eachProposalOfABatchBindsNobody() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        String agent = "batch-bot-" + id();
        String batch = "{\"proposals\":[" + SmallSelection.next().agent(agent).json() + ","
                + SmallSelection.next().agent(agent).json() + "]}";
        JsonPath answer = key.post("/v1/decisions/batch", batch)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        for (int i = 0; i < 2; i++) {
            answer.setRootPath("verdicts[" + i + "]");
            assertBindsNobody(answer, "PROCEED");
        }
    }

    @Test
    void thereIsNothingToConsume() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        stage("consuming-bot", "carrier.select", "FULL");
        JsonPath decided =
                key.decide(SmallSelection.next().agent("consuming-bot").json());
        assertThat(decided.getString("mode")).isEqualTo("AUTONOMOUS");
        assertBindsNobody(decided, "PROCEED");
        assertThat(JsonReader.object(Ledger.header(decided.getLong("record.index")))
                        .members())
                .doesNotContainKey("permit");
        key.post(
                        "/v1/permits/" + decided.getString("decisionId") + "/consumption",
                        "{\"actionDigest\":\"" + decided.getString("actionDigest") + "\"}")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_PERMIT"));
    }

    @Test
    void whatBreaksTheContractIsRefusedAllTheSame() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        String undeclared = SmallSelection.next().json().replace("\"hazardous\":false", "\"hazardous\":\"no\"");
        key.post("/v1/decisions", undeclared).then().statusCode(422).body("code", equalTo("ACTION_NOT_AS_DECLARED"));
        key.post("/v1/decisions", "{}").then().statusCode(422);
    }

    @Test
    void anActionThatNobodyListedIsForPeopleAndBindsNobody() {
        JsonPath free = ObservedKey.observed(A_WEEK)
                .decide(SmallSelection.next().json().replace("carrier.select", "carrier.unheard-of"));
        assertThat(free.getString("mode")).isEqualTo("HUMAN_IN_CONTROL");
        assertThat(free.getList("reasonCodes")).contains("UNKNOWN_ACTION");
        assertBindsNobody(free, "PROCEED");
    }

    @Test
    void itEndsByTheLedgersTime() {
        Duration life = Duration.ofSeconds(3);
        ObservedKey key = ObservedKey.observed(life);
        Instant until = Instant.parse(
                as("operator").get("/v1/keys/" + key.id() + "/enforcement").path("until"));
        List<JsonPath> free = new ArrayList<>();
        JsonPath bound = await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            JsonPath decided = key.decide(SmallSelection.next().json());
                            if (!decided.getBoolean("enforced")) {
                                free.add(decided);
                            }
                            return decided;
                        },
                        decided -> decided.getBoolean("enforced"));
        assertThat(free)
                .isNotEmpty()
                .allSatisfy(decided -> assertThat(Instant.parse(decided.getString("decidedAt")))
                        .isBefore(until));
        assertThat(Instant.parse(bound.getString("decidedAt"))).isAfterOrEqualTo(until);
        assertThat(as("operator").get("/v1/keys/" + key.id() + "/enforcement").<String>path("enforcement"))
                .isEqualTo("ENFORCE");
    }

    @Test
    void aRevokedKeyIsNobodysAndAnotherKeyOfTheSameAgentIsEnforced() {
        ObservedKey key = ObservedKey.observed(A_WEEK);
        assertThat(ObservedKey.enforced().decide(SmallSelection.next().json()).getBoolean("enforced"))
                .isTrue();
        as("admin").delete("/v1/keys/" + key.id()).then().statusCode(204);
        key.post("/v1/decisions", SmallSelection.next().json()).then().statusCode(401);
    }

    private static void stage(String agent, String action, String stage) {
        as("operator")
                .contentType("application/json")
                .body(Map.of("stage", stage, "reason", "for the test"))
                .put("/v1/stages/{agent}/{action}", agent, action)
                .then()
                .statusCode(200);
    }
}
