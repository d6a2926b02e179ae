package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.api.json.ProposalReader;
import io.leeway.control.NewStop;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.model.Activity;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of doubt, {@code cases/decision/doubt.yaml}: mode, directive, codes and rules of each case. */
class DoubtTest {
    private static final JsonNode FILE = read();
    private static final Map<String, @Nullable CompiledPolicy> POLICIES = new HashMap<>();

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        FILE.get("cases").forEach(one -> cases.add(Arguments.of(one.get("name").asText(), one)));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void has_the_documented_outcome(String name, JsonNode one) {
        JsonNode expect = one.get("expect");
        if (expect.has("refused")) {
            assertThatThrownBy(() -> assess(one)).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.code()).isEqualTo(expect.get("refused").asText());
                assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                assertThat(refusal.violations())
                        .anyMatch(violation ->
                                violation.pointer().equals(expect.get("pointer").asText()));
            });
            return;
        }
        Verdict verdict = assess(one);
        assertThat(verdict.mode().name()).isEqualTo(expect.get("mode").asText());
        assertThat(verdict.directive().name()).isEqualTo(expect.get("directive").asText());
        assertThat(verdict.reasonCodes()).extracting(Enum::name).isEqualTo(texts(expect.get("codes")));
        assertThat(verdict.matched()).extracting(DoubtTest::rule).isEqualTo(texts(expect.get("rules")));
        assertThat(verdict.matched().stream().filter(MatchedRule::decisive).map(DoubtTest::rule))
                .isEqualTo(texts(expect.get("decisive")));
        assertThat(verdict.reason()).isNotBlank();
        if (expect.has("reason")) {
            assertThat(verdict.reason()).isEqualTo(expect.get("reason").asText());
        }
        assertThat(VerdictJson.read(VerdictJson.write(verdict))).isEqualTo(verdict);
    }

    @Test
    void nothing_in_doubt_is_autonomous_and_there_are_enough_cases() {
        assertThat(FILE.get("cases")).hasSizeGreaterThanOrEqualTo(50);
        FILE.get("cases").forEach(one -> {
            if (one.get("expect").path("mode").asText().equals(Mode.AUTONOMOUS.name())) {
                assertThat(texts(one.get("expect").get("codes"))).containsExactly("AUTHORITY");
            }
        });
    }

    private static Verdict assess(JsonNode one) {
        Proposal proposal = proposal(one);
        Instant now = Instant.parse(FILE.get("now").asText());
        List<Stop> stops = new ArrayList<>();
        one.path("stops")
                .forEach(stop -> stops.add(new Stop(
                        UUID.fromString("01990000-0000-7000-8000-00000000000" + stops.size()),
                        new NewStop(
                                StopScope.of(
                                        stop.get("kind").asText(),
                                        stop.path("value").asText("")),
                                StopLevel.valueOf(stop.path("level").asText("HALT")),
                                false,
                                stop.get("reason").asText()),
                        "olga",
                        now,
                        1,
                        List.of(),
                        null,
                        null)));
        Circumstances circumstances = new Circumstances(
                now,
                Stage.valueOf(one.path("stage").asText(FILE.get("stage").asText())),
                stops.stream()
                        .filter(stop -> stop.scope().covers(proposal))
                        .map(RecordedFacts.StopInScope::of)
                        .toList(),
                one.path("depth").asLong(0),
                one.path("repeats").asLong(0),
                Activity.NONE,
                policy(one.path("policy").asText("base")));
        Duration deadline =
                one.has("deadline") ? Duration.parse(one.get("deadline").asText()) : Duration.ofSeconds(10);
        return Assessment.of(circumstances.derive(proposal), circumstances, deadline);
    }

    private static Proposal proposal(JsonNode one) {
        ObjectNode body = FILE.get("base").deepCopy();
        merge(body, one.path("proposal"));
        return ProposalReader.read(body.toString().getBytes(StandardCharsets.UTF_8))
                .proposal();
    }

    private static void merge(ObjectNode into, JsonNode changes) {
        changes.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                into.remove(change.getKey());
            } else if (value.isObject() && into.get(change.getKey()) instanceof ObjectNode object) {
                merge(object, value);
            } else {
                into.set(change.getKey(), value);
            }
        });
    }

    private static @Nullable CompiledPolicy policy(String name) {
        if (name.equals("none")) {
            return null;
        }
        return POLICIES.computeIfAbsent(name, key -> {
            List<PolicyFile> files = new ArrayList<>();
            FILE.get("policies")
                    .get(key)
                    .properties()
                    .forEach(file -> files.add(new PolicyFile(
                            file.getKey(), file.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            PolicyLoader.Loaded loaded = PolicyLoader.load("test", files, LocalDate.of(2026, 3, 15));
            assertThat(loaded.findings())
                    .filteredOn(finding -> finding.isError())
                    .isEmpty();
            return loaded.policy();
        });
    }

    /** Stops have ids of their own. */
    private static String rule(MatchedRule rule) {
        return rule.rule().startsWith("STOP:") ? "STOP" : rule.rule();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode read() {
        try (InputStream in = DoubtTest.class.getResourceAsStream("/cases/decision/doubt.yaml")) {
            return new ObjectMapper().readTree(new YAMLMapper().readTree(in).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
