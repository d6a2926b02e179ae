package io.leeway.console;

import io.leeway.decision.DecisionQuery;
import io.leeway.model.Mode;
import io.leeway.security.Principal;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a list of decisions is narrowed to, as its form sent it: the filters of the API. What is blank asks for nothing.
 *
 * @param sent by name, without what is blank
 * @param faults what cannot be searched for, in words
 */
record DecisionFilter(Map<String, String> sent, List<String> faults) {
    private static final List<String> TEXTS = List.of("agent", "action", "subject", "rule", "trace");
    private static final List<String> TIMES = List.of("from", "to");
    private static final String MODE = "mode";
    private static final String ENFORCED = "enforced";
    private static final String BEFORE = "before";
    private static final Set<String> FOLDED = Set.of("rule", "trace", ENFORCED, "from", "to");
    private static final int LONGEST = 401;

    static DecisionFilter read(MultivaluedMap<String, String> query) {
        Map<String, String> sent = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String name : TEXTS) {
            read(query, name, sent);
            if (sent.getOrDefault(name, "").length() > LONGEST) {
                faults.add("The " + name + " has more than " + LONGEST + " characters.");
            }
        }
        for (String name : TIMES) {
            read(query, name, sent);
            if (sent.containsKey(name) && time(sent.get(name)) == null) {
                faults.add("`" + sent.get(name) + "` is no date and time such as 2026-11-22T09:00.");
            }
        }
        read(query, MODE, sent);
        if (sent.containsKey(MODE) && mode(sent.get(MODE)) == null) {
            faults.add("`" + sent.get(MODE) + "` is no mode.");
        }
        read(query, ENFORCED, sent);
        if (!sent.getOrDefault(ENFORCED, "true").matches("true|false")) {
            faults.add("`" + sent.get(ENFORCED) + "` is neither `true` nor `false`.");
        }
        read(query, BEFORE, sent);
        if (!sent.getOrDefault(BEFORE, "0").matches("[0-9]{1,18}")) {
            faults.add("The list does not go on there.");
        }
        return new DecisionFilter(sent, faults);
    }

    private static void read(MultivaluedMap<String, String> query, String name, Map<String, String> sent) {
        String value = query.getFirst(name);
        if (value != null && !value.isBlank()) {
            sent.put(name, value.strip());
        }
    }

    /** What stands in the form. */
    public String value(String name) {
        return sent.getOrDefault(name, "");
    }

    /** Whether it narrows anything. */
    public boolean isNarrow() {
        return sent.keySet().stream().anyMatch(name -> !name.equals(BEFORE));
    }

    /** Whether one of the filters is used that the form keeps folded. */
    public boolean isFurther() {
        return sent.keySet().stream().anyMatch(FOLDED::contains);
    }

    /** Whether newer ones came before. */
    public boolean isLaterPage() {
        return sent.containsKey(BEFORE);
    }

    /** Only without {@link #faults}. */
    DecisionQuery query(Principal reader, int limit) {
        return new DecisionQuery(
                sent.get("agent"),
                sent.get("action"),
                sent.get("subject"),
                sent.containsKey(MODE) ? mode(sent.get(MODE)) : null,
                sent.get("rule"),
                sent.get("trace"),
                sent.containsKey(ENFORCED) ? Boolean.valueOf(sent.get(ENFORCED)) : null,
                sent.containsKey("from") ? time(sent.get("from")) : null,
                sent.containsKey("to") ? time(sent.get("to")) : null,
                reader.visibleAgents().orElse(Set.of()),
                sent.containsKey(BEFORE) ? Long.parseLong(sent.get(BEFORE)) : Long.MAX_VALUE,
                limit);
    }

    /** The query string of what comes after that position. */
    public String after(long position) {
        Map<String, String> next = new LinkedHashMap<>(sent);
        next.put(BEFORE, Long.toString(position));
        return next.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static @Nullable Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** As forms send it, in UTC. */
    private static @Nullable Instant time(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
