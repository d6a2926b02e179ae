package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.control.NewStop;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.decision.DecidedProposals;
import io.leeway.decision.RecordedDecision;
import io.leeway.model.Stage;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.NearMisses;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about decisions, word for word: {@code cases/explanation.yaml}. */
class DecisionExplanationTest {
    private static final JsonNode FILE = read();
    private static final Instant NOW = Instant.parse(FILE.get("now").asText());
    private static final CompiledPolicy POLICY = policy();

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        FILE.get("cases").forEach(one -> cases.add(Arguments.of(one.get("name").asText(), one)));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatTheCaseExpects(String name, JsonNode one) {
        DecisionExplanation explanation = explained(one);
        JsonNode expect = one.get("expect");
        assertThat(masked(explanation.text()))
                .isEqualTo(expect.get("text").asText().strip());
        NearMisses misses = explanation.whyNot().nearMisses();
        assertThat(
                        misses == null
                                ? null
                                : misses.nearest().stream()
                                        .map(it -> it.row().id())
                                        .toList())
                .isEqualTo(texts(expect.get("nearMisses")));
        Counterfactuals found = explanation.whyNot().counterfactuals();
        assertThat(
                        found == null
                                ? null
                                : found.changes().stream()
                                        .flatMap(DecisionExplanationTest::changes)
                                        .toList())
                .isEqualTo(texts(expect.get("changes")));
        assertThat(explanation.whyNot().incomplete().isEmpty()).isEqualTo(misses != null && found != null);
    }

    /** The text without hashes, which change with every cell. */
    private static String masked(String text) {
        return text.replaceAll("sha256:[0-9a-f]{64}", "sha256:…");
    }

    /** {@code AUTONOMOUS: action.amount 620.00 -> 500}. */
    private static Stream<String> changes(Counterfactual found) {
        return found.changes().stream()
                .flatMap(change -> change.values().stream())
                .map(value -> found.mode() + ": " + value.path() + " " + value.from() + " -> " + value.to());
    }

    @Test
    void accountabilityNamesWhoAnswersForWhat() {
        DecisionExplanation explanation = explained(FILE.get("cases").get(0));
        Accountability known = explanation.accountability();
        assertThat(known.proposedBy().subject()).isEqualTo("billing platform");
        assertThat(known.agent()).isEqualTo("billing-bot");
        assertThat(known.operator()).isEqualTo("ops-team-4");
        assertThat(known.onBehalfOf()).isEqualTo("user:alice");
        assertThat(known.decidedBy()).singleElement().satisfies(rule -> {
            assertThat(rule.rule()).isEqualTo("REM-02");
            assertThat(rule.owner()).isEqualTo("billing-policy@example.com");
            assertThat(rule.cells()).containsExactly("B11", "C11", "D11");
        });
        assertThat(known.stage()).isNotNull();
        assertThat(known.stage().capped()).isFalse();
        assertThat(known.stops()).isEmpty();
        assertThat(known.policy()).isEqualTo(explanation.decision().policy());
        assertThat(known.place()).isEqualTo(explanation.decision().place());
    }

    private static DecisionExplanation explained(JsonNode one) {
        ObjectNode body = FILE.get("base").deepCopy();
        merge(body, one.path("proposal"));
        List<Stop> stops = new ArrayList<>();
        one.path("stops")
                .forEach(reason -> stops.add(new Stop(
                        UUID.fromString("01990000-0000-7000-8000-000000000001"),
                        NewStop.halt(StopScope.of("all", ""), reason.asText()),
                        "olga",
                        NOW,
                        1,
                        List.of(),
                        null,
                        null)));
        RecordedDecision decided = DecidedProposals.decide(
                body.toString().getBytes(StandardCharsets.UTF_8),
                NOW,
                Stage.valueOf(one.path("stage").asText("FULL")),
                stops,
                one.path("policy").asText().equals("none") ? null : POLICY);
        Function<String, @Nullable CompiledPolicy> versions = digest ->
                digest.equals(POLICY.digest()) && !one.path("policy").asText().equals("gone") ? POLICY : null;
        return DecisionExplanation.of(
                one.path("erased").asBoolean() ? DecidedProposals.erased(decided) : decided, versions);
    }

    private static void merge(ObjectNode into, JsonNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                into.remove(change.getKey());
            } else if (change.getValue().isObject() && into.get(change.getKey()) instanceof ObjectNode object) {
                merge(object, change.getValue());
            } else {
                into.set(change.getKey(), change.getValue());
            }
        });
    }

    private static CompiledPolicy policy() {
        List<PolicyFile> files = new ArrayList<>();
        FILE.get("policy")
                .properties()
                .forEach(file -> files.add(
                        SheetBuilder.of("Main", file.getValue().asText().lines().toList())
                                .csv(file.getKey())));
        PolicyLoader.Loaded loaded = PolicyLoader.load("2026-11-22.1", files, LocalDate.ofInstant(NOW, ZoneOffset.UTC));
        assertThat(loaded.findings()).filteredOn(finding -> finding.isError()).isEmpty();
        CompiledPolicy policy = loaded.policy();
        assertThat(policy).isNotNull();
        return policy;
    }

    private static @Nullable List<String> texts(@Nullable JsonNode list) {
        if (list == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode read() {
        try (InputStream in = DecisionExplanationTest.class.getResourceAsStream("/cases/explanation.yaml")) {
            return new ObjectMapper().readTree(new YAMLMapper().readTree(in).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
