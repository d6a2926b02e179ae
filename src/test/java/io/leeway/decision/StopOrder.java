package io.leeway.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the log alone: which decisions let an agent act although a stop that held them stood before. */
final class StopOrder {
    private final Map<Long, JsonNode> stops = new HashMap<>();
    /** What was let go of each stop before the rest. */
    private final Map<Long, List<JsonNode>> parts = new HashMap<>();

    private final List<String> violations = new ArrayList<>();

    /** Takes in the header of the next entry; the first one is that of the first entry. */
    void read(JsonNode header) {
        switch (header.get("kind").asText()) {
            case "stop" -> stops.put(header.get("position").asLong(), header);
            case "stop.narrowing" ->
                parts.computeIfAbsent(header.get("ref").asLong(), stop -> new ArrayList<>())
                        .add(header);
            case "stop.release" -> stops.remove(header.get("ref").asLong());
            case "decision" ->
                stops.values().stream()
                        .filter(stop -> header.get("mode").asText().equals("AUTONOMOUS")
                                && holds(stop, header)
                                && parts.getOrDefault(stop.get("position").asLong(), List.of()).stream()
                                        .noneMatch(part -> holds(part, header)))
                        .forEach(stop -> violations.add("decision at " + header.get("position")
                                + " in spite of the stop at " + stop.get("position")));
            default -> {}
        }
    }

    List<String> violations() {
        return violations;
    }

    private static boolean holds(JsonNode stop, JsonNode decision) {
        if (stop.has("agent")) {
            return stop.get("agent").equals(decision.get("agent"));
        }
        if (stop.has("actionType")) {
            String pattern = stop.get("actionType").asText();
            String type = decision.get("actionType").asText();
            return pattern.endsWith("*")
                    ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                    : type.equals(pattern);
        }
        JsonNode tags = stop.path("tags");
        if (tags.isEmpty()) {
            return true;
        }
        for (var kinds = tags.fieldNames(); kinds.hasNext(); ) {
            String kind = kinds.next();
            if (tags.get(kind).equals(decision.path("tags").get(kind))) {
                return true;
            }
        }
        return false;
    }
}
