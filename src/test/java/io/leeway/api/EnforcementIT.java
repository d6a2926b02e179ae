package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may let a key be observed, and until when. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EnforcementIT {
    private static final int LEAST_CASES = 30;

    @Test
    void everyCaseOfTheTableIsAsItSays() throws IOException {
        List<String> differences = new ArrayList<>();
        JsonNode cases = cases();
        for (JsonNode one : cases) {
            differences.addAll(differences(one));
        }
        assertThat(differences).isEmpty();
        assertThat(cases.size()).isGreaterThanOrEqualTo(LEAST_CASES);
    }

    private static List<String> differences(JsonNode one) {
        List<String> differences = new ArrayList<>();
        String name = one.get("name").asText();
        ObservedKey key = key(one.path("key").asText("agent"));
        Instant now = Instant.now();
        for (JsonNode call : one.get("calls")) {
            Response answer =
                    key.set(person(call.get(0).asText(), key), body(call.get(1).asText(), now));
            String wanted = call.get(2).asText() + " " + call.path(3).asText("");
            String got = answer.statusCode() + " " + (answer.statusCode() < 300 ? "" : answer.path("code"));
            if (!wanted.equals(got)) {
                differences.add(name + ": " + call + " gave " + got + " " + answer.asString());
            }
        }
        if (one.has("holds")) {
            boolean enforced = key.decide(SmallSelection.next().json()).getBoolean("enforced");
            String shown = as("compliance")
                    .get("/v1/keys/" + key.id() + "/enforcement")
                    .path("enforcement");
            String holds = one.get("holds").asText();
            if (enforced != holds.equals("ENFORCE") || !shown.equals(holds)) {
                differences.add(name + ": a verdict is enforced: " + enforced + ", and it shows " + shown);
            }
        }
        return differences;
    }

    private static ObservedKey key(String kind) {
        return switch (kind) {
            case "agent" -> ObservedKey.enforced();
            case "unknown" -> new ObservedKey("leeway_" + "0".repeat(24) + "_x");
            case "revoked" -> {
                ObservedKey revoked = ObservedKey.enforced();
                as("admin").delete("/v1/keys/" + revoked.id()).then().statusCode(204);
                yield revoked;
            }
            case "named like the first operator" ->
                new ObservedKey(TestKeys.create("test operator", List.of("agent"), List.of()));
            default -> new ObservedKey(TestKeys.create("somebody", List.of(kind), List.of()));
        };
    }

    private static RequestSpecification person(String who, ObservedKey key) {
        return switch (who) {
            case "first" -> as("operator");
            case "second" -> asSecond("operator");
            case "agent" -> TestKeys.with(key.secret());
            default -> as(who);
        };
    }

    private static String body(String what, Instant now) {
        String end = "\"until\":\"" + now.plus(Duration.ofDays(1)) + "\"";
        return switch (what) {
            case "enforce" -> "{\"enforcement\":\"ENFORCE\",\"reason\":\"Enough.\"}";
            case "enforce with an end" -> "{\"enforcement\":\"ENFORCE\",\"reason\":\"Enough.\"," + end + "}";
            case "no end" -> "{\"enforcement\":\"OBSERVE\",\"reason\":\"Only looking.\"}";
            case "no reason" -> "{\"enforcement\":\"OBSERVE\"," + end + "}";
            case "unknown word" -> "{\"enforcement\":\"WATCH\",\"reason\":\"Only looking.\"," + end + "}";
            case "unknown member" -> "{\"enforcement\":\"OBSERVE\",\"reason\":\"x\",\"for\":\"P1D\"," + end + "}";
            case "no JSON" -> "OBSERVE";
            default -> ObservedKey.body(now.plus(Duration.parse(what.replace("observe ", ""))));
        };
    }

    @Test
    void whoSetItAndWhoAskedIsShown() {
        ObservedKey key = ObservedKey.enforced();
        Instant until = Instant.parse("2026-11-22T00:00:00Z");
        String path = "/v1/keys/" + key.id() + "/enforcement";
        as("operator")
                .get(path)
                .then()
                .statusCode(200)
                .body("key", equalTo(key.id()))
                .body("enforcement", equalTo("ENFORCE"))
                .body("until", nullValue())
                .body("consents", empty())
                .body("request", nullValue())
                .body("record", nullValue());
        key.set(as("operator"), ObservedKey.body(until))
                .then()
                .statusCode(422)
                .body("violations[0].pointer", equalTo("/until"))
                .body("violations[0].message", containsString("has passed"));
        Instant end = Instant.now().plus(Duration.ofDays(30));
        key.set(as("operator"), ObservedKey.body(end))
                .then()
                .statusCode(202)
                .body("enforcement", equalTo("ENFORCE"))
                .body("request.by", equalTo("test operator"))
                .body("request.reason", equalTo("Only looking."))
                .body("request.until", startsWith(end.toString().substring(0, 23)));
        key.set(asSecond("operator"), ObservedKey.body(end)).then().statusCode(200);
        as("admin")
                .get(path)
                .then()
                .statusCode(200)
                .body("enforcement", equalTo("OBSERVE"))
                .body("until", startsWith(end.toString().substring(0, 23)))
                .body("consents.by", contains("test operator", "test operator#2"))
                .body("request", nullValue());
        as("operator")
                .get("/v1/keys?limit=500")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + key.id() + "' }.enforcement", equalTo("OBSERVE"));
        key.enforce();
        as("compliance")
                .get(path)
                .then()
                .body("enforcement", equalTo("ENFORCE"))
                .body("until", nullValue())
                .body("consents.by", contains("test operator"));
        as("compliance").get("/v1/keys/nobody/enforcement").then().statusCode(404);
        as("agent").get(path).then().statusCode(403);
    }

    private static JsonNode cases() throws IOException {
        try (InputStream file = EnforcementIT.class.getResourceAsStream("/cases/observe.yaml")) {
            return new YAMLMapper().readTree(file);
        }
    }
}
