package io.leeway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The article's stories in {@code examples/}, with their times and ids filled in. */
public record Story(String name, String proposal, String expect) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NOW = Pattern.compile("\\{\\{now(-(P[0-9A-Z]+))?}}");

    /** All of them, in order, as of now, each with a new action id. */
    public static List<Story> all() {
        return all(Instant.now());
    }

    /** All of them, in order, as of that moment, told anew: with action ids and subjects that nobody has seen. */
    public static List<Story> all(Instant now) {
        String run = UUID.randomUUID().toString();
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.json"))
                    .sorted()
                    .map(file -> read(file, now, run))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one whose file name contains that. */
    public static Story of(String part) {
        return all().stream()
                .filter(story -> story.name.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** What the stories' agents have earned: {@code [{agent, action, stage, reason}]}. */
    public static JsonNode stages() {
        try {
            return JSON.readTree(Path.of("examples/stages.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Story read(Path file, Instant now, String run) {
        try {
            JsonNode story = JSON.readTree(file.toFile());
            String text = NOW.matcher(story.get("proposal").toString())
                    .replaceAll(found -> found.group(2) == null
                            ? now.toString()
                            : now.minus(Duration.parse(found.group(2))).toString())
                    .replace("{{run}}", run);
            return new Story(
                    file.getFileName().toString(), text, story.get("expect").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
