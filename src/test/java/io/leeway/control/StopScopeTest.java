package io.leeway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopScopeTest {
    @TestFactory
    List<DynamicTest> aStopHoldsWhatItsScopeNames() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode one : cases()) {
            StopScope scope = StopScope.of(
                    one.get(0).asText(), one.get(1).isNull() ? null : one.get(1).asText());
            boolean holds = one.get(2).booleanValue();
            Proposal proposal = proposal(one.get(3));
            tests.add(DynamicTest.dynamicTest(one.get(4).asText() + " [" + scope + "]", () -> {
                assertThat(scope.covers(proposal)).isEqualTo(holds);
                assertThat(ActiveStops.NONE.with(List.of(stop(scope, 1))).inScope(proposal))
                        .hasSize(holds ? 1 : 0);
            }));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(40);
        return tests;
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null, /scope/kind, must be given",
                "'', x, /scope/kind, ``",
                "ALL, null, /scope/kind, `ALL`",
                "policy, x, /scope/kind, `policy`",
                "all, x, /scope/value, one value too many",
                "agent, null, /scope/value, must be given",
                "agent, '', /scope/value, must be given",
                "agent, '  ', /scope/value, must be given",
                "action, billing*, /scope/value, `billing*`",
                "action, *.billing, /scope/value, `*.billing`",
                "action, billing.*.x, /scope/value, `billing.*.x`",
                "action, billing.*.*, /scope/value, `billing.*.*`",
                "action, .*, /scope/value, `.*`",
                "action, **, /scope/value, `**`",
                "subject, null, /scope/value, must be given",
                "trace, '', /scope/value, must be given",
            })
    void whatIsNoScopeIsRefusedWhereItIsWrong(String kind, String value, String pointer, String message) {
        assertThatThrownBy(() -> StopScope.of(kind, value)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
            assertThat(refusal.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo(pointer);
                assertThat(violation.message()).contains(message);
            });
        });
    }

    @Test
    void valuesAreBoundedAndPlain() {
        assertThat(StopScope.violations("agent", "x".repeat(200))).isEmpty();
        assertThat(StopScope.violations("agent", "x".repeat(201))).hasSize(1);
        assertThat(StopScope.violations("subject", "t".repeat(200) + "/" + "i".repeat(200)))
                .isEmpty();
        assertThat(StopScope.violations("trace", "a\nb"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("U+000A"));
        assertThat(StopScope.violations("trace", "a\ud800")).hasSize(1);
    }

    @Test
    void aTypedSubjectIsNormalisedForItsTag() {
        assertThat(scope("invoice/INV-7").typedSubject()).contains("invoice/INV-7");
        assertThat(scope("invoice:INV-7").typedSubject()).contains("invoice/INV-7");
        assertThat(scope("x:a/b").typedSubject()).contains("x/a/b");
        assertThat(scope("INV-7").typedSubject()).isEmpty();
        assertThat(scope("/INV-7").typedSubject()).isEmpty();
        assertThat(scope("invoice/").typedSubject()).isEmpty();
    }

    @Test
    void amongManyStopsTheOnesInScopeAreThoseThatCover() {
        long seed = 99;
        Random random = new Random(seed);
        String[] agents = {"a", "b", "c"};
        String[] actions = {"x", "x.y", "x.y.z", "x.*", "x.y.*", "*", "w.y"};
        String[] subjects = {"t/1", "t:1", "1", "t/2", "u/1", "2", "t"};
        String[] traces = {"r1", "r2"};
        for (int round = 0; round < 500; round++) {
            List<Stop> stops = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                StopScope scope = switch (random.nextInt(10)) {
                    case 0 -> StopScope.of("all", null);
                    case 1, 2 -> StopScope.of("agent", pick(agents, random));
                    case 3, 4, 5 -> StopScope.of("action", pick(actions, random));
                    case 6, 7, 8 -> StopScope.of("subject", pick(subjects, random));
                    default -> StopScope.of("trace", pick(traces, random));
                };
                stops.add(stop(scope, 1000 - i));
            }
            Proposal proposal = Proposals.of(
                    pick(agents, random),
                    pick(actions, random).replace("*", "q"),
                    random.nextBoolean() ? "t" : "u",
                    random.nextBoolean() ? "1" : "2",
                    random.nextBoolean() ? "r1" : "");
            assertThat(ActiveStops.NONE.with(stops).inScope(proposal))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(stops.stream()
                            .filter(stop -> stop.scope().covers(proposal))
                            .toList());
        }
    }

    private static JsonNode cases() throws IOException {
        try (InputStream file = StopScopeTest.class.getResourceAsStream("/cases/stop-scopes.yaml")) {
            return new YAMLMapper().readTree(file);
        }
    }

    private static Proposal proposal(JsonNode differences) {
        return Proposals.of(
                differences.path("agent").asText("billing-bot"),
                differences.path("action").asText("billing.refund.small"),
                differences.path("subjectType").asText("invoice"),
                differences.path("subjectId").asText("INV-7"),
                differences.path("trace").asText("tr-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            all               | agent a              | true
            all               | action *             | false
            all               | all                  | false
            all               | action billing.*     | true
            all               | subject x            | true
            action *          | action billing.*     | true
            action billing.*  | action billing.adjust | true
            action billing.*  | action billing.card.* | true
            action billing.*  | action billing.*     | false
            action billing.*  | action *             | false
            action billing.*  | action billingx.y    | false
            action billing.*  | agent a              | true
            action billing.adjust | action billing.* | false
            action billing.adjust | action billing.adjust | false
            agent a           | agent a              | false
            agent a           | agent b              | false
            agent a           | action billing.*     | true
            agent a           | all                  | false
            subject 7         | subject invoice/7    | true
            subject 7         | subject invoice:7    | true
            subject 7         | subject invoice/8    | false
            subject invoice/7 | subject 7            | false
            subject 7         | subject 7            | false
            trace t           | trace t              | false
            trace t           | subject 7            | true
            """)
    void isPartOfWhatIsWider(String whole, String part, boolean expected) {
        assertThat(spelled(part).isPartOf(spelled(whole))).isEqualTo(expected);
    }

    private static StopScope spelled(String scope) {
        String[] parts = scope.split(" ", 2);
        return StopScope.of(parts[0], parts.length == 1 ? null : parts[1]);
    }

    private static StopScope scope(String subject) {
        return StopScope.of("subject", subject);
    }

    private static Stop stop(StopScope scope, long position) {
        return new Stop(
                new UUID(0, position),
                NewStop.halt(scope, "why"),
                "alice",
                Instant.EPOCH,
                position,
                List.of(),
                null,
                null);
    }

    private static String pick(String[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
