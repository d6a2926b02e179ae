package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static io.leeway.api.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What happened to subjects, over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TimelineIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyCaseHoldsWhatHappenedInOrder() throws IOException {
        int cases = 0;
        SoftAssertions softly = new SoftAssertions();
        try (InputStream file = TimelineIT.class.getResourceAsStream("/cases/timelines.yaml")) {
            for (JsonNode one : new YAMLMapper().readTree(file)) {
                new Case().judge(one, softly);
                cases++;
            }
        }
        softly.assertAll();
        assertThat(cases).isGreaterThanOrEqualTo(11);
    }

    @Test
    void eachEventSaysWhoAndWhy() throws IOException {
        Case one = new Case();
        one.act("decide A 100.00");
        one.act("consume");
        one.act("stop subject account/S");
        one.act("decide A 100.00");
        one.act("ask");
        as("policy-author")
                .get("/v1/subjects/account/S" + one.run + "/timeline")
                .then()
                .statusCode(200)
                .body("items", hasSize(5))
                .body("items[0].decision.mode", equalTo("AUTONOMOUS"))
                .body("items[0].decision.state", equalTo("CONSUMED"))
                .body("items[0].decision.permit.consumedAt", notNullValue())
                .body("items[0].decision.subject.id", equalTo("S" + one.run))
                .body("items[0].reason", notNullValue())
                .body("items[0].stop", nullValue())
                .body("items[1].kind", equalTo("permit.consumption"))
                .body("items[1].decision", nullValue())
                .body("items[1].actionType", equalTo("billing.adjust"))
                .body("items[2].stop.id", equalTo(one.stop))
                .body("items[2].stop.scope.kind", equalTo("subject"))
                .body("items[2].stop.scope.value", equalTo("account/S" + one.run))
                .body("items[2].reason", equalTo("odd"))
                .body("items[2].decisionId", nullValue())
                .body("items[3].decision.directive", equalTo("HALT"))
                .body("items[3].decision.decisive[0]", equalTo("STOP:" + one.stop))
                .body("items[4].reason", equalTo("looked at"));
    }

    @Test
    void pagesTogetherAreTheWhole() throws IOException {
        Case one = new Case();
        for (String act : List.of(
                "decide A 1.00", "consume", "stop subject S", "decide B 1.00", "ask", "release", "decide B 1.00")) {
            one.act(act);
        }
        String path = "/v1/subjects/account/S" + one.run + "/timeline";
        List<Object> whole = as("compliance").get(path).jsonPath().getList("items");
        assertThat(whole).hasSize(7);
        for (int limit = 1; limit <= 8; limit++) {
            List<Object> paged = new ArrayList<>();
            String query = "?limit=" + limit;
            while (query != null) {
                Response page = as("compliance").urlEncodingEnabled(false).get(path + query);
                paged.addAll(page.jsonPath().getList("items"));
                query = TraceIT.next(page);
            }
            assertThat(paged).as("%d a page", limit).isEqualTo(whole);
        }
    }

    /** What one case does, with names of its own. */
    private static final class Case {
        private final String run = id();
        private JsonPath verdict;
        private String stop = "";
        private long index;

        void judge(JsonNode given, SoftAssertions softly) throws IOException {
            for (JsonNode act : given.get("do")) {
                act(act.asText());
            }
            RequestSpecification reader = given.has("reader")
                    ? with(TestKeys.create(
                            "system " + run,
                            List.of("agent"),
                            List.of(given.get("reader").asText() + run)))
                    : as("compliance");
            List<String> expected = new ArrayList<>();
            given.get("expect").forEach(line -> expected.add(line.asText()));
            softly.assertThat(reader
                            .get("/v1/subjects/account/S" + run + "/timeline")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .<Map<String, Object>>getList("items")
                            .stream()
                            .map(this::line))
                    .as(given.get("name").asText())
                    .containsExactlyElementsOf(expected);
        }

        void act(String text) throws IOException {
            String[] words = text.split(" ");
            switch (words[0]) {
                case "decide" -> decide(words[1], words[2], named(words.length > 3 ? words[3] : "account/S"));
                case "consume" -> TraceIT.consume(verdict);
                case "stop" -> stop(words[1], words[1].equals("agent") ? words[2] + run : named(words[2]));
                case "ask" -> release(as("operator"), 202);
                case "release" -> release(asSecond("operator"), 200);
                case "erase" -> Ledger.eraseFacts(index);
                default -> throw new AssertionError(text);
            }
        }

        /** The name with that of the run: {@code account/S-2} is another subject. */
        private String named(String subject) {
            return subject + run;
        }

        private void decide(String agent, String amount, String subject) throws IOException {
            ObjectNode body = (ObjectNode) JSON.readTree(DecisionApiIT.proposal(TraceIT.trusted(agent + run), id()));
            ((ObjectNode) body.at("/action/amount")).put("value", amount);
            body.putObject("subject").put("type", subject.split("/")[0]).put("id", subject.split("/")[1]);
            verdict = post(as("agent"), "/v1/decisions", body.toString())
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            index = verdict.getLong("record.index");
        }

        private void stop(String kind, String value) {
            JsonPath placed = post(
                            as("operator"),
                            "/v1/stops",
                            "{\"scope\":{\"kind\":\"" + kind + "\",\"value\":\"" + value + "\"},\"reason\":\"odd\"}")
                    .statusCode(201)
                    .extract()
                    .jsonPath();
            stop = placed.getString("id");
            index = placed.getLong("record.index");
        }

        private void release(RequestSpecification by, int status) {
            post(by, "/v1/stops/" + stop + "/release", "{\"reason\":\"looked at\"}")
                    .statusCode(status);
        }

        private String line(Map<String, Object> item) {
            Object agent = item.get("agent");
            return item.get("kind") + " "
                    + (agent == null ? "-" : agent.toString().replace(run, "")) + " "
                    + ((Map<?, ?>) item.get("actor")).get("subject");
        }
    }
}
