package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.DecisionApiIT.proposal;
import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recorded decisions under a version, over HTTP: the active one, under which nothing changes. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReplayIT {
    private static final int DECISIONS = 4;

    /** The last one of some that were just made. */
    private static JsonPath decided() {
        JsonPath last = null;
        for (int i = 0; i < DECISIONS; i++) {
            last = post(as("agent"), "/v1/decisions", proposal("bot-" + id(), id()))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        }
        return last;
    }

    private static String replay(JsonPath decision) {
        return "/v1/policies/" + decision.getString("policy.version") + "/replay";
    }

    @Test
    void underTheVersionThatDecidedNothingChanges() {
        JsonPath last = decided();
        for (String role : List.of("policy-author", "policy-approver", "compliance")) {
            JsonPath result = post(as(role), replay(last), "{\"limit\":" + DECISIONS + "}")
                    .statusCode(200)
                    .contentType("application/json")
                    .body("policy.version", equalTo(last.getString("policy.version")))
                    .body("policy.digest", equalTo(last.getString("policy.digest")))
                    .body("decisions", equalTo(DECISIONS))
                    .body("changed", equalTo(0))
                    .body("loosened", empty())
                    .body("tightened", empty())
                    .body("newlyAutonomous", equalTo(Map.of()))
                    .body("notReplayed", empty())
                    .body("range.from", equalTo(0))
                    .body("range.decisions", greaterThanOrEqualTo(DECISIONS))
                    .extract()
                    .jsonPath();
            assertThat(result.getInt("matrix." + last.getString("mode") + "." + last.getString("mode")))
                    .isEqualTo(DECISIONS);
            Map<String, Map<String, Integer>> matrix = result.getMap("matrix");
            assertThat(matrix)
                    .hasSize(3)
                    .allSatisfy((from, row) -> assertThat(row).hasSize(3));
        }
    }

    @Test
    void rangesAreTimesOrPositions() {
        JsonPath last = decided();
        int index = last.getInt("record.index");
        post(as("policy-author"), replay(last), "{\"from\":" + index + ",\"to\":" + (index + 1) + "}")
                .statusCode(200)
                .body("range.from", equalTo(index))
                .body("range.to", equalTo(index + 1))
                .body("decisions", equalTo(1));
        post(as("policy-author"), replay(last), "{\"from\":\"" + last.getString("decidedAt") + "\"}")
                .statusCode(200)
                .body("range.from", equalTo(index))
                .body("decisions", equalTo(1));
        as("policy-author")
                .post(replay(last))
                .then()
                .statusCode(200)
                .body("decisions", greaterThanOrEqualTo(DECISIONS));
    }

    @Test
    void whatWasErasedIsCountedWithItsReason() {
        JsonPath last = decided();
        Ledger.eraseFacts(last.getLong("record.index"));
        post(as("compliance"), replay(last), "{\"limit\":1}")
                .statusCode(200)
                .body("notReplayed", hasSize(1))
                .body("notReplayed[0].reason", equalTo("ERASED"))
                .body("notReplayed[0].words", containsString("erased"))
                .body("notReplayed[0].decisions", equalTo(1));
    }

    @Test
    void aReplayIsReadAgainAsJsonTableAndPage() {
        JsonPath last = decided();
        Response replayed = as("policy-author")
                .contentType("application/json")
                .body("{\"limit\":2}")
                .post(replay(last));
        String place = replayed.header("Location");
        assertThat(place).contains("/v1/policies/" + last.getString("policy.version") + "/replays/");
        String path = place.substring(place.indexOf("/v1/"));
        as("policy-approver")
                .get(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("DONE"))
                .body("done", equalTo(2))
                .body("of", equalTo(2))
                .body("policy.version", equalTo(last.getString("policy.version")))
                .body("result.decisions", equalTo(2))
                .body("containsKey('failure')", equalTo(false));
        as("compliance")
                .get(path + "?format=csv")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .body(containsString("MATRIX,AUTONOMOUS,AUTONOMOUS,"));
        as("compliance")
                .get(path + "?format=html")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .body(containsString("Replay of policy version"));
        as("compliance").get(path + "?format=pdf").then().statusCode(400).body("code", equalTo("INVALID_QUERY"));
        as("policy-author").delete(path).then().statusCode(204);
        as("policy-author").get(path).then().statusCode(200).body("state", equalTo("DONE"));
        as("policy-author")
                .get(path.replace(last.getString("policy.version"), "2000-01-01.1"))
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_REPLAY"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        post(as("policy-author"), "/v1/policies/2000-01-01.1/replay", "{}")
                .statusCode(404)
                .body("code", equalTo("VERSION_NOT_FOUND"));
        for (String unknown : List.of(id(), "nope")) {
            as("policy-author")
                    .get("/v1/policies/2000-01-01.1/replays/" + unknown)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("UNKNOWN_REPLAY"));
            as("policy-author")
                    .delete("/v1/policies/2000-01-01.1/replays/" + unknown)
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void everyFaultOfABodyIsNamed() {
        JsonPath last = decided();
        post(as("policy-author"), replay(last), "{\"from\":\"yesterday\",\"to\":-1,\"limit\":0,\"form\":1}")
                .statusCode(422)
                .body("code", equalTo("INVALID_REPLAY"))
                .body("violations.pointer", hasItem("/from"))
                .body("violations.pointer", hasItem("/to"))
                .body("violations.pointer", hasItem("/limit"))
                .body("violations.find { it.pointer == '/form' }.message", containsString("from"));
        for (String wrong : List.of("{\"limit\":1.5}", "{\"from\":1e30}", "{\"from\":true}", "{\"to\":null}")) {
            post(as("policy-author"), replay(last), wrong).statusCode(422);
        }
        post(as("policy-author"), replay(last), "[]").statusCode(422);
        post(as("policy-author"), replay(last), "{").statusCode(400);
    }
}
