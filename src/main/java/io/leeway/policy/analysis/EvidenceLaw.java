package io.leeway.policy.analysis;

import io.leeway.model.EvidenceSet;
import io.leeway.policy.ActionType;
import io.leeway.policy.Path.EvidenceAge;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of evidence hangs together: what is stale after an hour is stale after a minute, missing evidence is
 * stale and has no schema, the oldest is at least as old as each, and as many as are known of must be counted.
 *
 * <p>One piece for a name, and unnamed ones beside it, show all that any evidence can show: of several of a name the worst
 * counts, and an undated one is like one that is very old.
 */
final class EvidenceLaw {
    private static final BigDecimal STEP = new BigDecimal("0.000001");
    /** Classes of a flag that is never absent: false, then true. */
    private static final int FRESH = 0;

    private static final int STALE = 1;
    private static final String UNNAMED = "further evidence";

    /** What rows ask about one name. */
    private static final class Asked {
        private final List<AgeLimit> staleAfter = new ArrayList<>();
        private int schema = -1;

        boolean mayBeStale(Box box) {
            return staleAfter.stream().allMatch(it -> box.side(it.dimension()).get(STALE));
        }
    }

    /** The dimension of one limit of the age, in seconds. */
    private record AgeLimit(BigDecimal seconds, int dimension) {}

    /** A piece with the ages that it may have: from {@code youngest} to {@code oldest}, both included. */
    private record Option(String name, String schema, BigDecimal youngest, BigDecimal oldest) {}

    private final Space space;
    private final Map<String, Asked> names = new TreeMap<>();
    private final int oldest;
    private final int count;
    private final boolean silent;

    EvidenceLaw(Space space) {
        this.space = space;
        for (int i = 0; i < space.dimensions().size(); i++) {
            String path = space.dimension(i).path().text();
            EvidenceAge age = space.dimension(i).path().evidenceAge();
            if (age != null) {
                BigDecimal seconds =
                        BigDecimal.valueOf(Duration.parse(age.limit()).getSeconds());
                names.computeIfAbsent(age.evidence(), it -> new Asked())
                        .staleAfter
                        .add(new AgeLimit(seconds, i));
            } else if (path.startsWith("evidence.schema(")) {
                String name = path.substring("evidence.schema(\"".length(), path.length() - 2);
                names.computeIfAbsent(name, it -> new Asked()).schema = i;
            }
        }
        names.values().forEach(it -> it.staleAfter.sort(Comparator.comparing(AgeLimit::seconds)));
        oldest = space.indexOf("evidence.oldestSeconds");
        count = space.indexOf("evidence.count");
        silent = names.isEmpty() && oldest < 0 && count < 0;
    }

    /** Evidence with values in the box for an action of the type, null when there can be none such. */
    @Nullable
    List<Point.Item> itemsIn(Box box, @Nullable ActionType type) {
        Map<String, String> required = type == null ? Map.of() : type.evidence();
        if (silent && required.isEmpty()) {
            return List.of();
        }
        List<List<Option>> present = new ArrayList<>();
        for (String name : required.keySet()) {
            if (!names.containsKey(name)) {
                present.add(options(name, new Asked(), box, required.getOrDefault(name, "")));
            }
        }
        for (Map.Entry<String, Asked> asked : names.entrySet()) {
            if (required.containsKey(asked.getKey()) || !mayBeMissing(asked.getValue(), box)) {
                present.add(options(asked.getKey(), asked.getValue(), box, required.getOrDefault(asked.getKey(), "")));
            }
        }
        if (present.stream().anyMatch(List::isEmpty)) {
            return null;
        }
        return oldest < 0 ? counted(box, present, null, true) : withOldest(box, present);
    }

    private boolean mayBeMissing(Asked asked, Box box) {
        return asked.mayBeStale(box)
                && (asked.schema < 0
                        || box.side(asked.schema)
                                .get(space.dimension(asked.schema).absent()));
    }

    private List<Option> options(String name, Asked asked, Box box, String requiredSchema) {
        List<Option> options = new ArrayList<>();
        for (String schema : schemas(asked, box, requiredSchema)) {
            boolean wrong = !requiredSchema.isEmpty() && !requiredSchema.equals(schema);
            if (wrong) {
                if (asked.mayBeStale(box)) {
                    options.add(new Option(name, schema, BigDecimal.ZERO, highest()));
                }
            } else {
                addByAge(name, schema, asked, box, options);
            }
        }
        options.sort(Comparator.comparing(Option::youngest)); // stable: the wanted schema stays first
        return options;
    }

    private List<String> schemas(Asked asked, Box box, String requiredSchema) {
        if (asked.schema < 0) {
            return requiredSchema.isEmpty() ? List.of("") : List.of(requiredSchema, "");
        }
        List<String> schemas = new ArrayList<>();
        List<ValueClass> classes = space.dimension(asked.schema).classes();
        box.side(asked.schema).stream()
                .forEach(it -> schemas.add(String.valueOf(classes.get(it).sample())));
        return schemas;
    }

    /** Between two neighbouring limits all answers are known: fresh for the longer ones, stale for the shorter ones. */
    private void addByAge(String name, String schema, Asked asked, Box box, List<Option> options) {
        List<AgeLimit> limits = asked.staleAfter;
        for (int passed = 0; passed <= limits.size(); passed++) {
            boolean possible = true;
            for (int i = 0; i < limits.size() && possible; i++) {
                possible = box.side(limits.get(i).dimension()).get(i < passed ? STALE : FRESH);
            }
            BigDecimal youngest = passed == 0
                    ? BigDecimal.ZERO
                    : limits.get(passed - 1).seconds().add(STEP);
            BigDecimal eldest =
                    passed == limits.size() ? highest() : limits.get(passed).seconds();
            if (possible && youngest.compareTo(eldest) <= 0) { // two spellings of one limit have nothing between
                options.add(new Option(name, schema, youngest, eldest));
            }
        }
    }

    private @Nullable List<Point.Item> withOldest(Box box, List<List<Option>> present) {
        Dimension dimension = space.dimension(oldest);
        BitSet side = box.side(oldest);
        for (int i = side.nextSetBit(0); i >= 0; i = side.nextSetBit(i + 1)) {
            List<Point.Item> items = dimension.isAbsent(i)
                    ? nothing(box, present)
                    : counted(box, present, dimension.classes().get(i), true);
            if (items != null) {
                return items;
            }
        }
        return null;
    }

    private @Nullable List<Point.Item> nothing(Box box, List<List<Option>> present) {
        return present.isEmpty() && mayCount(box, 0) ? List.of() : null;
    }

    private boolean mayCount(Box box, int number) {
        return count < 0 || box.side(count).get(space.dimension(count).indexOf(BigDecimal.valueOf(number)));
    }

    /** As many pieces as the box wants, the oldest in the class; all others as young as can be. */
    private @Nullable List<Point.Item> counted(
            Box box, List<List<Option>> present, @Nullable ValueClass age, boolean alone) {
        List<Point.Item> items = new ArrayList<>();
        BigDecimal least = age == null ? BigDecimal.ZERO : youngest(age);
        BigDecimal most = age == null ? highest() : eldest(age);
        for (List<Option> options : present) {
            Option youngest = options.get(0);
            items.add(item(youngest, youngest.youngest()));
            least = least.max(youngest.youngest());
        }
        if (least.compareTo(most) > 0) {
            return null;
        }
        if (mayCount(box, items.size())) {
            if (age == null) {
                return items;
            }
            for (int i = 0; i < present.size(); i++) {
                for (Option option : present.get(i)) {
                    BigDecimal chosen = least.max(option.youngest());
                    if (chosen.compareTo(most.min(option.oldest())) <= 0) {
                        items.set(i, item(option, chosen));
                        return items;
                    }
                }
            }
        }
        for (int number = items.size() + 1; number <= NumberLaw.MOST_EVIDENCE; number++) {
            if (mayCount(box, number)) {
                while (items.size() < number) {
                    items.add(new Point.Item(UNNAMED, least, ""));
                }
                return items;
            }
        }
        return null;
    }

    private static Point.Item item(Option option, BigDecimal age) {
        return new Point.Item(option.name(), age, option.schema());
    }

    private static BigDecimal youngest(ValueClass age) {
        BigDecimal low = age.low();
        return low == null ? BigDecimal.ZERO : age.isPoint() ? low : low.add(STEP);
    }

    private static BigDecimal eldest(ValueClass age) {
        BigDecimal high = age.high();
        return high == null ? highest() : age.isPoint() ? high : high.subtract(STEP);
    }

    private static BigDecimal highest() {
        return EvidenceSet.UNKNOWN_AGE;
    }

    /** The classes of what rows ask about evidence, for these items. */
    void classify(List<Point.Item> items, @Nullable ActionType type, int[] classes) {
        names.forEach((name, asked) -> {
            Point.Item item = items.stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElse(null);
            String required = type == null ? "" : type.evidence().getOrDefault(name, "");
            boolean wrong = item != null && !required.isEmpty() && !required.equals(item.schema());
            for (AgeLimit limit : asked.staleAfter) {
                boolean stale = item == null || wrong || item.age().compareTo(limit.seconds()) > 0;
                classes[limit.dimension()] = stale ? STALE : FRESH;
            }
            if (asked.schema >= 0) {
                classes[asked.schema] = space.dimension(asked.schema).indexOf(item == null ? "" : item.schema());
            }
        });
        if (oldest >= 0) {
            BigDecimal age = items.stream()
                    .map(Point.Item::age)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            classes[oldest] = space.dimension(oldest).indexOf(age);
        }
        if (count >= 0) {
            classes[count] = space.dimension(count).indexOf(BigDecimal.valueOf(items.size()));
        }
    }
}
