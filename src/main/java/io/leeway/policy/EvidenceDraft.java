package io.leeway.policy;

import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evidence to which single facts are given. What is given for a name replaces all evidence of that name. */
final class EvidenceDraft {
    private static final BigDecimal TICK = new BigDecimal("0.000001");
    private static final int MOST = 64;

    private final List<Evidence> before;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private @Nullable BigDecimal oldest;
    private @Nullable BigDecimal count;

    /** What is known of one piece; ages in seconds. */
    private static final class Item {
        private @Nullable BigDecimal age;
        private @Nullable BigDecimal freshUpTo;
        private @Nullable BigDecimal staleBeyond;
        private @Nullable String schema;

        /** Whether nothing is known but that it is stale, which missing evidence is, too. */
        boolean mayBeMissing() {
            return age == null && freshUpTo == null && schema == null;
        }

        boolean admits(BigDecimal candidate) {
            return (freshUpTo == null || candidate.compareTo(freshUpTo) <= 0)
                    && (staleBeyond == null || candidate.compareTo(staleBeyond) > 0);
        }

        BigDecimal someAge() {
            if (age != null) {
                return age;
            }
            if (staleBeyond == null) {
                return BigDecimal.ZERO;
            }
            BigDecimal next = staleBeyond.add(BigDecimal.ONE);
            return admits(next) ? next : staleBeyond.add(TICK);
        }
    }

    EvidenceDraft(List<Evidence> before) {
        this.before = before;
    }

    void give(TestInput input, Object value) {
        Item item = items.computeIfAbsent(input.arguments().get(0), name -> new Item());
        switch (input.name()) {
            case "evidence.schema" -> item.schema = (String) value;
            case "evidence.ageSeconds" -> item.age = (BigDecimal) value;
            default -> {
                BigDecimal limit = BigDecimal.valueOf(
                        Duration.parse(input.arguments().get(1)).toSeconds());
                if ((Boolean) value) {
                    item.staleBeyond = item.staleBeyond == null ? limit : item.staleBeyond.max(limit);
                } else {
                    item.freshUpTo = item.freshUpTo == null ? limit : item.freshUpTo.min(limit);
                }
            }
        }
    }

    void oldest(BigDecimal seconds) {
        oldest = seconds;
    }

    void count(BigDecimal pieces) {
        count = pieces;
    }

    List<Evidence> items(Instant now, Map<String, String> schemas) {
        List<Evidence> made = new ArrayList<>();
        for (Evidence item : before) {
            if (!items.containsKey(item.name())) {
                made.add(item);
            }
        }
        Map<String, Item> present = present(made.size());
        String bearer = oldest == null ? null : bearer(present, oldest);
        present.forEach((name, item) -> {
            BigDecimal age = oldest != null && name.equals(bearer) ? oldest : item.someAge();
            String schema = item.schema == null ? schemas.getOrDefault(name, "") : item.schema;
            made.add(piece(name, age, schema, now));
        });
        if (oldest != null && bearer == null) {
            made.add(piece("other", oldest, "", now));
        }
        for (int i = 1; count != null && made.size() < MOST && made.size() < count.intValue(); i++) {
            made.add(piece("other-" + i, BigDecimal.ZERO, "", now));
        }
        return made;
    }

    /** Evidence that may just as well be missing makes way when fewer pieces are asked for. */
    private Map<String, Item> present(int others) {
        Map<String, Item> present = new LinkedHashMap<>(items);
        items.forEach((name, item) -> {
            if (count != null && others + present.size() > count.intValue() && item.mayBeMissing()) {
                present.remove(name);
            }
        });
        return present;
    }

    /** The piece that can be of that age, null when none can, or one is so already. */
    private static @Nullable String bearer(Map<String, Item> present, BigDecimal age) {
        for (Map.Entry<String, Item> entry : present.entrySet()) {
            Item item = entry.getValue();
            if (item.age == null ? item.admits(age) : item.age.compareTo(age) == 0) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Ages that no clock knows are those of undated evidence. */
    private static Evidence piece(String name, BigDecimal age, String schema, Instant now) {
        if (age.abs().compareTo(EvidenceSet.UNKNOWN_AGE) >= 0) {
            return new Evidence(name, "", null, schema, List.of(), "");
        }
        Duration old = Duration.ofSeconds(
                age.longValue(), age.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        return new Evidence(name, "", now.minus(old), schema, List.of(), "");
    }
}
