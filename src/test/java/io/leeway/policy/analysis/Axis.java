package io.leeway.policy.analysis;

import io.leeway.model.Evidence;
import io.leeway.model.Money;
import io.leeway.model.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One property in which the proposals of a {@link SmallWorld} differ: a value for each class that no limit can tell apart, and
 * some between.
 *
 * @param paths what rows may ask of it; none for the day
 */
record Axis(List<Axis.Setting> settings, List<String> paths) {
    /** What a proposal is made from. */
    static final class Draft implements Cloneable {
        String type = "t.a";

        @Nullable
        Money money = new Money(BigDecimal.ONE, "USD");

        BigDecimal confidence = BigDecimal.ONE;

        @Nullable
        Boolean reversible = true;

        Map<String, Object> attributes = Map.of();
        Stage stage = Stage.FULL;
        List<Evidence> evidence = List.of();
        int repeats;
        int day = 2;

        @Override
        public Draft clone() {
            try {
                return (Draft) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** One value along an axis. */
    interface Setting {
        void apply(Draft draft);
    }

    /** All but the type, which every world has, and the day. */
    static List<Axis> optional() {
        return List.of(money(), evidence(), reversible(), confidence(), days(), kind(), urgent(), stage(), repeats());
    }

    /** The days around those on which lives of rows begin and end. */
    static Axis dates() {
        List<Setting> settings = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            int one = day;
            settings.add(draft -> draft.day = one);
        }
        return new Axis(settings, List.of());
    }

    static Axis types() {
        // Others begin like those that rows mention, or like none.
        return new Axis(
                List.of("t.a", "t.b", "u", "t.", "t.z", "uz", "q").stream()
                        .<Setting>map(it -> draft -> draft.type = it)
                        .toList(),
                List.of("action.type"));
    }

    private static Axis money() {
        List<Setting> settings = new ArrayList<>();
        settings.add(draft -> draft.money = null);
        for (String currency : List.of("USD", "EUR", "UZZ", "EZZ", "ZZZ")) {
            for (String amount : List.of("0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5")) {
                settings.add(draft -> draft.money = new Money(new BigDecimal(amount), currency));
            }
        }
        return new Axis(settings, List.of("action.amount", "action.currency", "action.amount"));
    }

    private static Axis reversible() {
        return new Axis(
                List.of(d -> d.reversible = true, d -> d.reversible = false, d -> d.reversible = null),
                List.of("action.reversible"));
    }

    private static Axis confidence() {
        return new Axis(
                List.of("0", "0.25", "0.5", "0.75", "1").stream()
                        .<Setting>map(it -> draft -> draft.confidence = new BigDecimal(it))
                        .toList(),
                List.of("action.confidence"));
    }

    private static Axis days() {
        List<Object> values = new ArrayList<>();
        for (String number : List.of("0.5", "1", "1.5", "2", "2.5", "3", "3.5")) {
            values.add(new BigDecimal(number));
        }
        return attribute("days", values, "action.number(\"days\")");
    }

    private static Axis kind() {
        return attribute("kind", List.of("x", "xz", "xy", "xzy", "q", "v"), "action.text(\"kind\")");
    }

    private static Axis urgent() {
        return attribute("urgent", List.of(true, false), "action.flag(\"urgent\")");
    }

    private static Axis attribute(String name, List<Object> values, String path) {
        List<Setting> settings = new ArrayList<>();
        settings.add(draft -> {});
        for (Object value : values) {
            settings.add(draft -> {
                Map<String, Object> more = new HashMap<>(draft.attributes);
                more.put(name, value);
                draft.attributes = more;
            });
        }
        return new Axis(settings, List.of(path));
    }

    private static Axis stage() {
        List<Setting> settings = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            settings.add(draft -> draft.stage = stage);
        }
        return new Axis(settings, List.of("agent.stage"));
    }

    private static Axis repeats() {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int repeats = i;
            settings.add(draft -> draft.repeats = repeats);
        }
        return new Axis(settings, List.of("trace.repeats"));
    }

    /** {@code observedAt} stands for the age here, counted from the epoch. */
    private static Evidence item(String name, int age, String schema) {
        return new Evidence(name, "", Instant.ofEpochSecond(age), schema, List.of(), "");
    }

    private static Axis evidence() {
        List<List<Evidence>> named = new ArrayList<>();
        named.add(List.of());
        for (int age : new int[] {1, 900, 1000, 3600, 4000}) {
            for (String schema : List.of("v1", "v2", "", "vz", "q")) {
                named.add(List.of(item("c", age, schema)));
            }
        }
        List<List<Evidence>> others = List.of(
                List.of(),
                List.of(item("d", 1, "")),
                List.of(item("d", 1000, "")),
                List.of(item("d", 4000, "")),
                List.of(item("e", 1, "")),
                List.of(item("e", 900, "")),
                List.of(item("e", 1000, "")),
                List.of(item("e", 3600, "")),
                List.of(item("e", 4000, "")),
                List.of(item("d", 1, ""), item("e", 1, "")),
                List.of(item("d", 1, ""), item("e", 900, "")),
                List.of(item("d", 1, ""), item("e", 1000, "")),
                List.of(item("d", 1, ""), item("e", 3600, "")),
                List.of(item("d", 1, ""), item("e", 4000, "")),
                List.of(item("d", 1000, ""), item("e", 3600, "")),
                List.of(item("d", 1000, ""), item("e", 4000, "")),
                List.of(item("e", 1, ""), item("e", 1, "")),
                List.of(item("e", 1, ""), item("e", 900, "")),
                List.of(item("e", 1, ""), item("e", 1000, "")),
                List.of(item("e", 1, ""), item("e", 3600, "")),
                List.of(item("e", 1, ""), item("e", 4000, "")));
        List<Setting> settings = new ArrayList<>();
        for (List<Evidence> some : named) {
            for (List<Evidence> more : others) {
                List<Evidence> evidence = new ArrayList<>(some);
                evidence.addAll(more);
                settings.add(draft -> draft.evidence = evidence);
            }
        }
        return new Axis(
                settings,
                List.of(
                        "evidence.staleAfter(\"c\", \"PT15M\")",
                        "evidence.staleAfter(\"c\", \"PT1H\")",
                        "evidence.staleAfter(\"c\", \"PT60M\")",
                        "evidence.staleAfter(\"d\", \"PT15M\")",
                        "evidence.schema(\"c\")",
                        "evidence.oldestSeconds",
                        "evidence.count"));
    }
}
