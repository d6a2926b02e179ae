package io.leeway.api;

import static io.leeway.api.DecisionApiIT.id;
import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Traces as trees of causes, over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TraceIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyCaseIsTheTreeThatItsStepsMake() throws IOException {
        int cases = 0;
        SoftAssertions softly = new SoftAssertions();
        try (InputStream file = TraceIT.class.getResourceAsStream("/cases/traces.yaml")) {
            for (JsonNode one : new YAMLMapper().readTree(file)) {
                new Case(one).judge(softly);
                cases++;
            }
        }
        softly.assertAll();
        assertThat(cases).isGreaterThanOrEqualTo(12);
    }

    @Test
    void pagesTogetherAreTheWholeAndEachSaysWhatTheWholeComesTo() {
        String agent = trusted("A" + id());
        String trace = "tr-" + id();
        String parent = null;
        for (int i = 0; i < 5; i++) {
            parent = decide(agent, trace, parent, "account", "P-" + i).getString("decisionId");
        }
        JsonPath whole = read(as("compliance"), trace, "").jsonPath();
        assertThat(whole.getList("items")).hasSize(5);
        assertThat(whole.getLong("totals.depth")).isEqualTo(4);
        List<Object> paged = new ArrayList<>();
        String query = "?limit=2";
        while (query != null) {
            Response page = read(as("compliance"), trace, query);
            assertThat(page.jsonPath().<Object>get("totals")).isEqualTo(whole.get("totals"));
            assertThat(page.jsonPath().getLong("steps")).isEqualTo(5);
            paged.addAll(page.jsonPath().getList("items"));
            query = next(page);
        }
        assertThat(paged).isEqualTo(whole.getList("items"));
    }

    @Test
    void anyIdThatATraceMayHaveCanBeAskedFor() {
        String agent = trusted("A" + id());
        for (String name : List.of("a/b", "a b+c", "ä€😀", "100%25", "..", "?x=1#y", "\"<b>\"")) {
            String trace = name + id();
            decide(agent, trace, null, "account", "A-1");
            read(as("compliance"), trace, "").then().statusCode(200).body("trace", equalTo(trace));
        }
    }

    @Test
    void aTraceThatIsNotThereOrNotForTheKeyIsNotFound() {
        String mine = "bot-" + id();
        String trace = "tr-" + id();
        decide(trusted("A" + id()), trace, null, "account", "A-1");
        String key = TestKeys.create("system " + mine, List.of("agent"), List.of(mine));
        for (RequestSpecification by : List.of(with(key), as("compliance"))) {
            read(by, "tr-" + id(), "").then().statusCode(404).body("code", equalTo("UNKNOWN_TRACE"));
        }
        read(with(key), trace, "").then().statusCode(404).body("code", equalTo("UNKNOWN_TRACE"));
        read(as("compliance"), trace, "?limit=0").then().statusCode(400).body("code", equalTo("INVALID_QUERY"));
        read(as("compliance"), trace, "?agent=x").then().statusCode(400);
    }

    /** The query of what follows; null when nothing does. */
    static String next(Response page) {
        String link = page.header("Link");
        return link == null ? null : link.substring(link.indexOf('?'), link.indexOf('>'));
    }

    private static Response read(RequestSpecification by, String trace, String query) {
        return by.urlEncodingEnabled(false).get("/v1/traces/" + encoded(trace) + query);
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An agent that may adjust by itself. */
    static String trusted(String agent) {
        as("operator")
                .contentType("application/json")
                .body("{\"stage\":\"LIMITED\",\"reason\":\"earned\"}")
                .put("/v1/stages/" + agent + "/billing.*")
                .then()
                .statusCode(200);
        return agent;
    }

    private static JsonPath decide(String agent, String trace, String parent, String type, String subject) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(DecisionApiIT.proposal(agent, id()));
            ObjectNode chain = body.putObject("trace").put("id", trace);
            if (parent != null) {
                chain.put("parent", parent);
            }
            body.putObject("subject").put("type", type).put("id", subject);
            return post(as("agent"), "/v1/decisions", body.toString())
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void consume(JsonPath verdict) {
        post(
                        as("agent"),
                        "/v1/permits/" + verdict.getString("permit.id") + "/consumption",
                        "{\"actionDigest\":\"" + verdict.getString("actionDigest") + "\"}")
                .statusCode(200);
    }

    /** One of the file's, with names of its own. */
    private static final class Case {
        private final JsonNode given;
        private final String run = id();
        private final Map<String, String> idsByLabel = new LinkedHashMap<>();
        private final Map<String, String> labelsById = new HashMap<>();

        Case(JsonNode given) {
            this.given = given;
        }

        void judge(SoftAssertions softly) throws IOException {
            for (JsonNode step : given.get("steps")) {
                decide(step);
            }
            JsonPath trace = read(reader(), "tr-" + run, "")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<String> expected = new ArrayList<>();
            given.get("expect").forEach(line -> expected.add(line.asText()));
            softly.assertThat(
                            trace.<Map<String, Object>>getList("items").stream().map(this::line))
                    .as(given.get("name").asText())
                    .containsExactlyElementsOf(expected);
            softly.assertThat(totals(trace))
                    .as(given.get("name").asText())
                    .isEqualTo(given.get("totals").asText());
            softly.assertThat(trace.getLong("steps")).isEqualTo(expected.size());
        }

        private RequestSpecification reader() {
            return given.has("reader")
                    ? with(TestKeys.create(
                            "system " + run,
                            List.of("agent"),
                            List.of(given.get("reader").asText() + run)))
                    : as("compliance");
        }

        private void decide(JsonNode step) throws IOException {
            String agent = trusted(step.get("agent").asText() + run);
            ObjectNode body = (ObjectNode) JSON.readTree(DecisionApiIT.proposal(agent, id()));
            ObjectNode action = (ObjectNode) body.get("action");
            action.remove("amount");
            if (step.has("amount")) {
                String[] amount = step.get("amount").asText().split(" ");
                action.putObject("amount").put("value", amount[0]).put("currency", amount[1]);
            }
            if (step.has("type")) {
                action.put("type", step.get("type").asText());
            }
            // Each on a subject of its own, so that none is a repeat of another.
            ((ObjectNode) body.get("subject")).put("id", step.get("step").asText() + "-" + run);
            ObjectNode trace = body.putObject("trace")
                    .put("id", (step.path("trace").asText().equals("other") ? "tr-other-" : "tr-") + run);
            if (step.has("parent")) {
                trace.put("parent", parent(step.get("parent").asText()));
            }
            JsonPath verdict = post(as("agent"), "/v1/decisions", body.toString())
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            String decision = verdict.getString("decisionId");
            idsByLabel.put(step.get("step").asText(), decision);
            labelsById.put(decision, step.get("step").asText());
            if (step.path("consume").asBoolean()) {
                consume(verdict);
            }
            if (step.path("erase").asBoolean()) {
                Ledger.eraseFacts(verdict.getLong("record.index"));
            }
        }

        private String parent(String name) {
            if (name.equals("nobody")) {
                return "01a2049e-9435-7e5b-8000-00445c27da0e";
            }
            if (name.startsWith("like ")) {
                UUID real = UUID.fromString(idsByLabel.get(name.substring(5)));
                return new UUID(real.getMostSignificantBits() ^ 1, real.getLeastSignificantBits()).toString();
            }
            return idsByLabel.get(name);
        }

        @SuppressWarnings("unchecked")
        private String line(Map<String, Object> item) {
            String children = ((List<String>) item.get("children"))
                    .stream().map(labelsById::get).collect(Collectors.joining(" ", "[", "]"));
            Object depth = item.get("depth");
            return String.join(
                    " ",
                    labelsById.get((String) item.get("decisionId")),
                    (String) item.get("parentIs"),
                    depth == null ? "-" : depth.toString(),
                    children,
                    (String) item.get("mode"),
                    (String) item.get("state"));
        }

        private String totals(JsonPath trace) {
            List<String> parts = new ArrayList<>();
            parts.add(trace.getLong("totals.steps") + " steps");
            Map<String, Integer> modes = trace.getMap("totals.modes");
            parts.add(modes.get("AUTONOMOUS") + "/" + modes.get("HUMAN_IN_THE_LOOP") + "/"
                    + modes.get("HUMAN_IN_CONTROL"));
            trace.<Map<String, String>>getList("totals.money")
                    .forEach(money -> parts.add(String.join(
                            " ",
                            money.get("currency"),
                            money.get("proposed"),
                            money.get("permitted"),
                            money.get("consumed"))));
            trace.<Map<String, Object>>getList("totals.agents")
                    .forEach(agent ->
                            parts.add(agent.get("agent").toString().replace(run, "") + " " + agent.get("decisions")));
            parts.add("depth " + trace.getLong("totals.depth"));
            return String.join(", ", parts);
        }
    }
}
