package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Nobody puts a version in force alone, or past what its check found: {@code cases/policies/refusals.yaml}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PolicyRefusalsIT {
    private static final JsonNode FILE = read();
    private static final Map<String, List<String>> ROLES = Map.of(
            "ada", List.of("policy-author"),
            "alan", List.of("policy-author", "policy-approver"),
            "bob", List.of("policy-approver"),
            "ben", List.of("policy-approver"),
            "bea", List.of("policy-approver"));

    private final Map<String, PolicyClient> people = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    @Test
    void everyCallIsAnsweredAsTheTableSays() {
        versions.put("first", person("bob").active());
        FILE.get("versions").fields().forEachRemaining(one -> propose(one.getKey(), one.getValue()));
        assertThat(FILE.get("calls")).hasSizeGreaterThanOrEqualTo(60);
        try {
            SoftAssertions.assertSoftly(softly -> FILE.get("calls").forEach(call -> {
                Response answer = call(call);
                String got = answer.statusCode() + " "
                        + answer.jsonPath().getString(answer.statusCode() < 300 ? "state" : "code");
                softly.assertThat(got)
                        .as(call.toString())
                        .isEqualTo(call.get("expect").asText());
            }));
        } finally {
            person("bob").backTo(versions.get("first"), person("bea"));
        }
    }

    private void propose(String name, JsonNode version) {
        Response answer = person(version.get("author").asText()).propose("case " + name, files(version));
        assertThat(answer.statusCode()).as(name + ": " + answer.asString()).isEqualTo(201);
        versions.put(name, answer.jsonPath().getString("version"));
        String found = name + ": " + answer.jsonPath().getList("findings.message");
        assertThat(answer.jsonPath().getString("meaning"))
                .as(found)
                .isEqualTo(version.get("meaning").asText());
        assertThat(answer.jsonPath().getString("state")).as(found).isEqualTo("CANDIDATE");
        for (String obstacle : List.of("errors", "brokenGuarantees", "failedTests", "uncovered")) {
            if (version.has(obstacle)) {
                assertThat(answer.jsonPath().getInt("obstacles." + obstacle))
                        .as(obstacle + " of " + found)
                        .isEqualTo(version.get(obstacle).asInt());
            }
        }
    }

    private static Map<String, String> files(JsonNode version) {
        Map<String, String> files = new HashMap<>();
        version.get("files")
                .forEach(file -> files.put(
                        "extra-" + file.asText() + ".csv",
                        FILE.get("files").get(file.asText()).asText()));
        return files;
    }

    private Response call(JsonNode call) {
        PolicyClient person = person(call.get("who").asText());
        if (call.get("does").asText().equals("propose")) {
            return person.propose("not mine to propose", Map.of("extra.csv", "Tests\n"));
        }
        String named = call.get("version").asText();
        String version = versions.getOrDefault(named, named);
        Map<String, String> body = new HashMap<>();
        for (String member : List.of("reason", "coverageException")) {
            if (call.has(member)) {
                body.put(member, call.get(member).asText());
            }
        }
        return switch (call.get("does").asText()) {
            case "approve" -> person.approve(version, body);
            case "activate" -> person.activate(version);
            case "shadow" -> person.shadow(version);
            default -> person.rollBack(version, body);
        };
    }

    private PolicyClient person(String name) {
        return people.computeIfAbsent(
                name,
                one -> ROLES.containsKey(one)
                        ? PolicyClient.named("refusals " + one, ROLES.get(one))
                        : new PolicyClient(() -> TestKeys.as(one)));
    }

    private static JsonNode read() {
        try (InputStream yaml = PolicyRefusalsIT.class.getResourceAsStream("/cases/policies/refusals.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
