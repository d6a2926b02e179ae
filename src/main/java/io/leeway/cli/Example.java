package io.leeway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proposal in a file: bare, or inside an example that tells its story.
 *
 * <p>In an example's proposal {@code {{now}}}, {@code {{now-PT3H}}} and {@code {{now+PT1H}}} stand for times
 * (ISO 8601 durations), and {@code {{run}}} for a text that is new with every run, so that action ids are. A bare proposal
 * is sent byte for byte, so that the service judges what stands in the file.
 *
 * @param title one line; the file's name for a bare proposal
 * @param story why it matters; empty for a bare proposal
 * @param expect the mode that it should get; empty when none is named
 * @param proposal the body to send
 */
record Example(String title, String story, String expect, byte[] proposal) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** What the parser knows of the file's name is nothing, and it says so at length. */
    private static final Pattern PARSER_SOURCE =
            Pattern.compile("\\[Source: .*?; (line: \\d+, column: \\d+)]", Pattern.DOTALL);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(now(?:([+-])(P[0-9A-Z.]+))?|run)}}");

    /**
     * @param now what {@code {{now}}} stands for
     * @param run what {@code {{run}}} stands for
     */
    static Example read(Path file, Instant now, String run) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandException.misused("`" + file + "` cannot be read");
        }
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw CommandException.misused(
                    "`" + file + "` is no JSON, line " + e.getLocation().getLineNr() + ": "
                            + PARSER_SOURCE.matcher(e.getOriginalMessage()).replaceAll("$1"));
        } catch (IOException e) {
            throw CommandException.misused("`" + file + "` cannot be read");
        }
        if (!node.path("proposal").isObject()) {
            return new Example(String.valueOf(file.getFileName()), "", "", bytes);
        }
        JsonNode proposal = fill(node.get("proposal"), file, now, run);
        return new Example(
                node.path("title").asText(),
                node.path("story").asText(),
                node.path("expect").asText(),
                proposal.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode fill(JsonNode node, Path file, Instant now, String run) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(fill(text.asText(), file, now, run));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode filled = JSON.createObjectNode();
            object.fields()
                    .forEachRemaining(member -> filled.set(member.getKey(), fill(member.getValue(), file, now, run)));
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = JSON.createArrayNode();
            array.forEach(element -> filled.add(fill(element, file, now, run)));
            return filled;
        }
        return node;
    }

    private static String fill(String text, Path file, Instant now, String run) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher, now, run)));
        }
        String result = matcher.appendTail(filled).toString();
        if (result.contains("{{")) {
            throw CommandException.misused("`" + file + "`: `" + text
                    + "` holds a placeholder that is none of `{{now}}`, `{{now-PT3H}}`, `{{now+PT3H}}`, `{{run}}`");
        }
        return result;
    }

    private static String value(Matcher placeholder, Instant now, String run) {
        if (placeholder.group(1).equals("run")) {
            return run;
        }
        String sign = placeholder.group(2);
        String duration = placeholder.group(3);
        if (sign == null && duration == null) {
            return now.toString();
        }
        try {
            Duration shift = Duration.parse(String.valueOf(duration));
            return (String.valueOf(sign).equals("-") ? now.minus(shift) : now.plus(shift)).toString();
        } catch (DateTimeException e) {
            return placeholder.group();
        }
    }
}
