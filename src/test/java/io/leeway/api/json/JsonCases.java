package io.leeway.api.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bodies from {@code cases/<folder>/*.yaml}. A body stands there as text ({@code body}), as bytes ({@code hex}), in repeated
 * {@code parts}, or as a sound proposal of which one member is replaced by raw text ({@code change}) or taken out
 * ({@code remove}).
 */
public final class JsonCases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOUND = """
            {"action":{"id":"adj-1","type":"billing.adjust","amount":{"value":"120.00","currency":"USD"},"confidence":0.93},
             "agent":{"id":"billing-bot"},"subject":{"type":"account","id":"A-1001"},
             "evidence":[{"name":"charge.record","observedAt":"2026-11-22T09:00:00Z"}],"trace":{"id":"tr-1"}}""";

    private JsonCases() {}

    /** One case; status, code and pointers are 0, empty and empty where the body is accepted. */
    public record JsonCase(String name, byte[] body, int status, String code, List<String> pointers) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static Stream<JsonCase> in(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/cases", folder))) {
            List<JsonCase> cases = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                for (JsonNode node : new YAMLMapper().readTree(file.toFile())) {
                    cases.add(read(file, node));
                }
            }
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sound proposal, as bytes. */
    public static byte[] sound() {
        return SOUND.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonCase read(Path file, JsonNode node) throws IOException {
        List<String> pointers = new ArrayList<>();
        node.path("at").forEach(pointer -> pointers.add(pointer.asText()));
        return new JsonCase(
                file.getFileName() + ": " + node.get("name").asText(),
                body(node),
                node.path("status").asInt(),
                node.path("code").asText(),
                pointers);
    }

    private static byte[] body(JsonNode node) throws IOException {
        if (node.has("body")) {
            return node.get("body").asText().getBytes(StandardCharsets.UTF_8);
        }
        if (node.has("hex")) {
            return HexFormat.of().parseHex(node.get("hex").asText());
        }
        if (node.has("parts")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (JsonNode part : node.get("parts")) {
                String text = part.isTextual()
                        ? part.asText()
                        : part.get("text").asText().repeat(part.get("times").asInt());
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }
        ObjectNode proposal = (ObjectNode) JSON.readTree(SOUND);
        if (node.has("remove")) {
            JsonPointer pointer = JsonPointer.compile(node.get("remove").asText());
            ((ObjectNode) proposal.at(pointer.head())).remove(name(pointer));
            return JSON.writeValueAsBytes(proposal);
        }
        Map.Entry<String, JsonNode> change =
                node.get("change").properties().iterator().next();
        JsonPointer pointer = JsonPointer.compile(change.getKey());
        ((ObjectNode) proposal.at(pointer.head())).put(name(pointer), "@here@");
        return JSON.writeValueAsString(proposal)
                .replace("\"@here@\"", change.getValue().asText())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String name(JsonPointer pointer) {
        return pointer.last().getMatchingProperty();
    }
}
