package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would have been stopped, over HTTP, on the shipped policy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ObservedReportIT {
    private static final String AGENT = "reported-bot-" + DecisionApiIT.id();
    private static final String REPORT = "/v1/reports/observed";

    @Test
    void rowsAreThoseThatWouldHaveStoppedDecisionsAndTellOfThem() {
        ObservedKey key = ObservedKey.observed(Duration.ofDays(7));
        List<JsonPath> small = decide(key, "840.00", 3);
        stage("LIMITED");
        List<JsonPath> large = decide(key, "1500000.00", 2);
        List<JsonPath> free = decide(key, "840.00", 4);
        ObservedKey.enforced().decide(SmallSelection.next().agent(AGENT).json());
        String from = small.get(0).getString("decidedAt");
        String to = free.get(3).getString("decidedAt");
        assertThat(large).allSatisfy(one -> assertThat(one.getString("mode")).isNotEqualTo("AUTONOMOUS"));
        assertThat(free).allSatisfy(one -> assertThat(one.getString("mode")).isEqualTo("AUTONOMOUS"));

        JsonPath report = read("compliance", from, to);
        assertThat(report.getInt("decisions")).as("`to` is exclusive").isEqualTo(8);
        assertThat(report.getInt("stopped")).isEqualTo(5);
        assertThat(report.getInt("held")).isZero();
        assertThat(report.getInt("modes.AUTONOMOUS")).isEqualTo(3);
        assertThat(report.getString("money.USD")).isEqualTo("3002520.00");
        assertThat(report.getList("agents.first")).containsExactly(AGENT);
        Map<String, Object> stage = report.get("rows.find { it.rule.rule == 'STAGE' }");
        assertThat(stage).containsEntry("decisions", 3).containsEntry("alone", 3);
        assertThat(stage)
                .containsEntry("first", from)
                .containsEntry("last", small.get(2).getString("decidedAt"));
        assertThat(((Map<?, ?>) stage.get("rule")).get("source")).isNull();
        assertThat((List<?>) stage.get("samples")).isEqualTo(List.of(id(small, 2), id(small, 1), id(small, 0)));
        Map<String, Object> limit = report.get("rows.find { it.rule.rule != 'STAGE' }");
        assertThat(limit).containsEntry("decisions", 2).containsEntry("money", Map.of("USD", "3000000.00"));
        for (String role : List.of("operator", "policy-author", "policy-approver")) {
            assertThat(read(role, from, to).<Map<String, Object>>get()).isEqualTo(report.get());
        }
    }

    @Test
    void aTableHasALineForEachRow() {
        ObservedKey key = ObservedKey.observed(Duration.ofDays(7));
        String from =
                key.decide(SmallSelection.next().agent("=tabled-bot").json()).getString("decidedAt");
        String table = as("operator")
                .accept("text/csv")
                .queryParam("from", from)
                .get(REPORT)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .header("Content-Disposition", equalTo("attachment; filename=\"observed.csv\""))
                .extract()
                .asString();
        String[] lines = table.split("\r\n");
        assertThat(lines[0]).startsWith("rule,file,sheet,range,owner,because,decisions,alone,");
        assertThat(lines).hasSize(2);
        assertThat(lines[1]).startsWith("STAGE,,,,,").contains(",1,1,1,0,840.00 USD,1,'=tabled-bot,");
    }

    @Test
    void anythingElseIsRefused() {
        as("operator").get(REPORT + "?from=yesterday").then().statusCode(400).body("code", equalTo("INVALID_QUERY"));
        as("operator").get(REPORT + "?agent=x").then().statusCode(400);
        as("agent").get(REPORT).then().statusCode(403);
        as("admin").get(REPORT).then().statusCode(403);
    }

    private static JsonPath read(String role, String from, String to) {
        return as(role).queryParam("from", from)
                .queryParam("to", to)
                .get(REPORT)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .jsonPath();
    }

    private static List<JsonPath> decide(ObservedKey key, String amount, int times) {
        List<JsonPath> decided = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            decided.add(key.decide(SmallSelection.next().agent(AGENT).json(amount)));
        }
        return decided;
    }

    private static String id(List<JsonPath> decided, int index) {
        return decided.get(index).getString("decisionId");
    }

    private static void stage(String stage) {
        as("operator")
                .contentType("application/json")
                .body(Map.of("stage", stage, "reason", "for the test"))
                .put("/v1/stages/{agent}/carrier.select", AGENT)
                .then()
                .statusCode(200);
    }
}
