package io.leeway.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts recent activity again from the headers of the ledger, entry by entry, in the plainest way: the oracle. Shares nothing
 * with the service.
 */
final class ActivityFold {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");

    private final Map<String, List<Past>> byScope = new HashMap<>();
    private final Map<Long, Past> byPosition = new HashMap<>();

    /** A decision that was. */
    private static final class Past {
        JsonNode header;
        Instant at;
        /** Null without a permit. */
        Instant expires;

        boolean used;

        /** Whether the agent could do it: by a permit, or because it is only observed and would have got one. */
        boolean isAllowed() {
            return expires != null
                    || header.has("enforced") && header.get("mode").asText().equals("AUTONOMOUS");
        }
    }

    /** Takes in an entry. */
    void add(JsonNode header) {
        switch (header.get("kind").asText()) {
            case "decision" -> {
                Past past = new Past();
                past.header = header;
                past.at = Instant.parse(header.get("time").asText());
                past.expires = header.has("permit")
                        ? Instant.parse(header.at("/permit/expiresAt").asText())
                        : null;
                byPosition.put(header.get("position").asLong(), past);
                for (String scope : List.of("agent", "agent+action", "subject", "trace", "repeat")) {
                    String value = value(scope, header);
                    if (value != null) {
                        byScope.computeIfAbsent(scope + " " + value, it -> new ArrayList<>())
                                .add(past);
                    }
                }
            }
            case "permit.consumption" -> byPosition.get(header.get("ref").asLong()).used = true;
            default -> {
                // Stops, stages and keys are nobody's activity.
            }
        }
    }

    private static String value(String scope, JsonNode header) {
        return switch (scope) {
            case "agent" -> header.get("agent").asText();
            case "agent+action" ->
                header.get("agent").asText() + " " + header.get("actionType").asText();
            default ->
                header.get("tags").has(scope) ? header.get("tags").get(scope).asText() : null;
        };
    }

    /** What a path comes to before that decision, as facts spell it; null for money of an action that moves none. */
    String before(String path, JsonNode header) {
        List<String> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(path);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        String measure = path.substring("activity.".length(), path.indexOf('('));
        int window = measure.equals("recently") ? 2 : 1;
        String zone = arguments.size() > window + 1 ? arguments.get(window + 1) : "UTC";
        String length = arguments.size() > window ? arguments.get(window) : "P31D";
        List<Past> past = within(header, arguments.get(0), length, zone);
        Instant now = Instant.parse(header.get("time").asText());
        return switch (measure) {
            case "count" -> Integer.toString(past.size());
            case "exposure" -> header.has("amount") ? exposure(past, header, now) : null;
            case "agents" -> agents(past, header.get("agent").asText());
            case "recently" -> recently(past, arguments.get(1));
            case "returns" -> returns(lastAllowed(past), header.get("agent").asText());
            case "prior" -> prior(lastAllowed(past), header);
            default -> throw new IllegalArgumentException(path);
        };
    }

    private List<Past> within(JsonNode header, String scope, String window, String zone) {
        Instant now = Instant.parse(header.get("time").asText());
        String value = value(scope, header);
        List<Past> within = new ArrayList<>();
        if (value == null) {
            return within;
        }
        Instant from = from(window, ZoneId.of(zone), now);
        List<Past> all = byScope.getOrDefault(scope + " " + value, List.of());
        for (int i = all.size() - 1; i >= 0 && !all.get(i).at.isBefore(from); i--) {
            within.add(all.get(i));
        }
        return within;
    }

    /** The start of the second, minute, hour or day that the window begins in. */
    private static Instant from(String window, ZoneId zone, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        switch (window) {
            case "day":
                return today.atStartOfDay(zone).toInstant();
            case "month":
                return today.withDayOfMonth(1).atStartOfDay(zone).toInstant();
            case "quarter":
                return LocalDate.of(today.getYear(), (today.getMonthValue() - 1) / 3 * 3 + 1, 1)
                        .atStartOfDay(zone)
                        .toInstant();
            default:
                long length = Duration.parse(window).getSeconds();
                long bucket = length <= 3600 ? 1 : length <= 86_400 ? 60 : 3600;
                long begin = now.minusSeconds(length).getEpochSecond();
                return Instant.ofEpochSecond(begin - Math.floorMod(begin, bucket));
        }
    }

    private static String exposure(List<Past> within, JsonNode header, Instant now) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Past past : within) {
            boolean sameCurrency = past.header.has("amount")
                    && past.header
                            .at("/amount/currency")
                            .asText()
                            .equals(header.at("/amount/currency").asText());
            if (sameCurrency && past.isAllowed() && (past.expires == null || past.used || isOpen(past.expires, now))) {
                sum = sum.add(new BigDecimal(past.header.at("/amount/value").asText()));
            }
        }
        return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    }

    /** Until the second in which it ends is over. */
    private static boolean isOpen(Instant expires, Instant now) {
        long end = expires.getEpochSecond() + (expires.getNano() > 0 ? 1 : 0);
        return now.getEpochSecond() < end;
    }

    private static String agents(List<Past> within, String self) {
        Set<String> agents = new HashSet<>();
        within.stream()
                .filter(Past::isAllowed)
                .forEach(past -> agents.add(past.header.get("agent").asText()));
        agents.remove(self);
        return Integer.toString(agents.size());
    }

    private static List<Past> lastAllowed(List<Past> within) {
        return within.stream().filter(Past::isAllowed).limit(20).toList();
    }

    /** How many, and after which decisions: the agents in turn, and those that stood there before. */
    private static String returns(List<Past> newestFirst, String self) {
        List<String> turns = new ArrayList<>();
        String told = "";
        int times = 0;
        for (int i = newestFirst.size() - 1; i >= -1; i--) {
            String agent = i < 0 ? self : newestFirst.get(i).header.get("agent").asText();
            if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(agent)) {
                if (turns.contains(agent)) {
                    times++;
                    told = i < 0
                            ? told
                            : " " + newestFirst.get(i).header.get("decisionId").asText() + told;
                }
                turns.add(agent);
            }
        }
        return times + told;
    }

    private static String prior(List<Past> newestFirst, JsonNode header) {
        StringBuilder told = new StringBuilder().append(newestFirst.size());
        for (Past past : newestFirst) {
            boolean sameTrace = past.header.get("tags").has("trace")
                    && past.header.at("/tags/trace").equals(header.at("/tags/trace"));
            told.append(' ').append(past.header.get("decisionId").asText());
            told.append(' ').append(past.header.get("agent").asText());
            told.append(' ').append(past.header.get("actionType").asText());
            told.append(' ').append(past.header.get("time").asText());
            told.append(' ')
                    .append(past.header.has("amount") ? past.header.get("amount") : "")
                    .append(sameTrace);
        }
        return told.toString();
    }

    /** The decision, {@code 0} for none. */
    private static String recently(List<Past> within, String type) {
        return within.stream()
                .filter(past -> past.isAllowed()
                        && past.header.get("actionType").asText().equals(type))
                .findFirst()
                .map(past -> past.header.get("decisionId").asText())
                .orElse("0");
    }
}
