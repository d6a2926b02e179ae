package io.leeway.api;

import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.testing.PostgresResource;
import io.leeway.testing.SmallSelection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every case of {@code stops.yaml} through HTTP, at one service. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StopCasesIT {
    private static final String BOT = "cases-bot";
    /** More than the shipped policy leaves to an agent. */
    private static final String LARGE = "18400.00";

    private final List<String> placed = new ArrayList<>();

    @AfterEach
    void releaseAll() {
        placed.forEach(stop -> {
            release("one", stop, null);
            release("two", stop, null);
        });
        placed.clear();
    }

    @Test
    void everyCaseOfTheTable() {
        List<StopCase> cases = StopCase.all();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
        List.of(BOT, "cases-other").forEach(StopCasesIT::stage);
        List<String> wrong = new ArrayList<>();
        for (StopCase one : cases) {
            String found = found(one);
            if (!found.equals(one.expect())) {
                wrong.add(one + ", but was " + found);
            }
            releaseAll();
        }
        System.out.println("stops: " + cases.size() + " cases through HTTP");
        assertThat(wrong).isEmpty();
    }

    /** Tried again: the first call of a service that has just started may take longer than a caller waits. */
    private static void stage(String agent) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> as("operator")
                                .contentType("application/json")
                                .body("{\"stage\":\"LIMITED\",\"reason\":\"cases\"}")
                                .put("/v1/stages/" + agent + "/carrier.select")
                                .statusCode()
                        == 200);
    }

    private String found(StopCase one) {
        try {
            return outcome(one);
        } catch (AssertionError e) {
            return "an answer that does not fit: " + e.getMessage().strip().replaceAll("\\s+", " ");
        }
    }

    /** What stood before, the stops, what people released, and then what happened. */
    private String outcome(StopCase one) {
        SmallSelection own = SmallSelection.next().agent(BOT);
        boolean pending = one.happens().equals("pending");
        String body = pending ? own.json(LARGE) : own.json();
        JsonPath before = List.of("propose", "simulate").contains(one.happens()) ? null : decide(body);
        for (int i = 0; i < one.stop().size(); i++) {
            placed.add(place(filled(one.stop().get(i), own), one.level(i), one.drill()));
        }
        for (String asked : one.releases()) {
            String[] who = asked.split(" ", 2);
            release(who[0], placed.get(0), who.length == 1 ? null : filled(who[1], own));
        }
        SmallSelection next = next(one, own);
        return switch (one.happens()) {
            case "propose" -> answered(one, decide(next.json()));
            case "simulate" -> answered(one, answer("/v1/simulations", next.json()));
            case "again" -> repeated(before, decide(body));
            case "consume" -> consumed(before);
            case "pending" -> read(before);
            default -> throw new AssertionError(one);
        };
    }

    private static SmallSelection next(StopCase one, SmallSelection own) {
        SmallSelection fresh = SmallSelection.next();
        return fresh.agent(one.as("agent", BOT))
                .subject(one.as("subject", own.subject()).equals("other") ? fresh.subject() : own.subject())
                .trace(one.as("trace", own.trace()).equals("other") ? fresh.trace() : own.trace());
    }

    /** The directive, once everything else of the answer goes with it. */
    private String answered(StopCase one, JsonPath answer) {
        String directive = answer.getString("directive");
        List<String> stops = stopRules(answer);
        assertThat(answer.getString("mode"))
                .as(one.toString())
                .isEqualTo(
                        switch (directive) {
                            case "PROCEED" -> "AUTONOMOUS";
                            case "AWAIT_APPROVAL" -> "HUMAN_IN_THE_LOOP";
                            default -> "HUMAN_IN_CONTROL";
                        });
        assertThat(stops.isEmpty()).as("%s: no stop among %s", one, stops).isEqualTo(directive.equals("PROCEED"));
        assertThat(answer.getList("reasonCodes").contains("STOP"))
                .as(one.toString())
                .isEqualTo(!stops.isEmpty());
        boolean permitted = directive.equals("PROCEED") && one.happens().equals("propose");
        assertThat(answer.get("permit") != null).as(one.toString()).isEqualTo(permitted);
        List<String> told = one.drill() && !one.stop().get(0).endsWith("-other") ? placed : null;
        assertThat((List<String>) answer.<List<String>>get("drills.id"))
                .as(one.toString())
                .isEqualTo(told);
        return directive;
    }

    private List<String> stopRules(JsonPath answer) {
        List<String> rules = answer.getList("matched.rule");
        return rules.stream().filter(rule -> rule.startsWith("STOP:")).toList();
    }

    private static String repeated(JsonPath before, JsonPath again) {
        String directive = again.getString("directive");
        assertThat(again.getString("decisionId")).isEqualTo(before.getString("decisionId"));
        if (directive.equals("PROCEED")) {
            assertThat(again.getString("permit.id")).isEqualTo(before.getString("permit.id"));
        } else {
            assertThat((Object) again.get("permit")).isNull();
            assertThat(again.getList("reasonCodes")).asString().contains("STOPPED");
        }
        return directive;
    }

    private static String consumed(JsonPath before) {
        var answer = post(
                as("agent"),
                "/v1/permits/" + before.getString("permit.id") + "/consumption",
                "{\"actionDigest\":\"" + before.getString("actionDigest") + "\"}");
        return answer.extract().statusCode() == 200 ? "USED" : answer.extract().path("code");
    }

    private String read(JsonPath before) {
        assertThat(before.getString("directive")).isEqualTo("AWAIT_APPROVAL");
        JsonPath now = as("agent")
                .get("/v1/decisions/" + before.getString("decisionId"))
                .jsonPath();
        assertThat(now.getString("state")).isEqualTo("PENDING");
        List<Map<String, String>> frozenBy = now.getList("frozenBy");
        if (frozenBy == null) {
            return "WAITS";
        }
        assertThat(frozenBy).hasSize(1).first().satisfies(stop -> {
            assertThat(placed).contains(stop.get("id"));
            assertThat(stop.get("reason")).isEqualTo("a case of the table");
        });
        return "FROZEN";
    }

    private static JsonPath decide(String body) {
        return answer("/v1/decisions", body);
    }

    private static JsonPath answer(String path, String body) {
        return post(as("agent"), path, body).statusCode(200).extract().jsonPath();
    }

    private static String place(String scope, String level, boolean drill) {
        return post(as("operator"), "/v1/stops", """
                        {"scope":%s,"level":"%s","drill":%s,"reason":"a case of the table"}
                        """.formatted(json(scope), level, drill))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void release(String who, String stop, @Nullable String first) {
        post(
                who.equals("one") ? as("operator") : asSecond("operator"),
                "/v1/stops/" + stop + "/release",
                first == null
                        ? "{\"reason\":\"all clear\"}"
                        : "{\"reason\":\"all clear\",\"first\":" + json(first) + "}");
    }

    private static String filled(String scope, SmallSelection own) {
        return scope.replace("{s}", own.subject()).replace("{t}", own.trace());
    }

    /** {@code agent billing-bot}. */
    private static String json(String scope) {
        String[] parts = scope.split(" ", 2);
        return parts.length == 1
                ? "{\"kind\":\"" + parts[0] + "\"}"
                : "{\"kind\":\"" + parts[0] + "\",\"value\":\"" + parts[1] + "\"}";
    }
}
