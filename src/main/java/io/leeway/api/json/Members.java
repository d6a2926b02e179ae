package io.leeway.api.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, asked for by name. What is missing, of another type or out of bounds becomes a fault with
 * its pointer, and reading goes on with a harmless value: whoever reads must look at the {@link Faults} before he uses
 * anything. {@link #nothingElse()} at the end makes a fault of every member that nobody asked for.
 */
public final class Members {
    private final String pointer;
    private final Map<?, ?> members;
    private final Faults faults;
    private final List<String> asked = new ArrayList<>(12);

    private Members(String pointer, Map<?, ?> members, Faults faults) {
        this.pointer = pointer;
        this.members = members;
        this.faults = faults;
    }

    /** The members of that value; those of an empty object, and a fault, when it is none. */
    public static Members of(@Nullable Object value, String pointer, Faults faults) {
        if (value instanceof Map<?, ?> map) {
            return new Members(pointer, map, faults);
        }
        faults.add(pointer, "must be an object, not " + kind(value));
        return new Members(pointer, Map.of(), new Faults());
    }

    /** A required text. */
    public String text(String name, Text rule) {
        return required(name) ? text(name, rule, "") : "";
    }

    /** An optional text, {@code absent} when it is not there. */
    public String text(String name, Text rule, String absent) {
        if (!present(name)) {
            return absent;
        }
        String text = typed(name, String.class, "a string");
        if (text == null) {
            return absent;
        }
        String fault = rule.fault(text);
        if (fault != null) {
            fault(name, fault);
        }
        return text;
    }

    /** An optional text that something is made of; null when absent or at fault. */
    public <T> @Nullable T parsed(String name, Function<String, @Nullable T> parser, String allowed) {
        if (!present(name)) {
            return null;
        }
        String text = typed(name, String.class, "a string");
        if (text == null) {
            return null;
        }
        T parsed = parser.apply(text);
        if (parsed == null) {
            fault(name, "must be " + allowed + ", not `" + shortened(text) + "`");
        }
        return parsed;
    }

    /** One of the constants of an enum, by its name; required. Null when missing or at fault. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        if (!required(name)) {
            return null;
        }
        E[] values = type.getEnumConstants();
        return parsed(
                name,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equals(text))
                        .findFirst()
                        .orElse(null),
                "one of " + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** An optional moment, as RFC 3339 with an offset. */
    public @Nullable Instant time(String name) {
        return parsed(name, Scalars::time, "a time as RFC 3339 has it, with an offset: 2026-11-22T09:00:00Z");
    }

    /** An optional UUID. */
    public @Nullable UUID uuid(String name) {
        return parsed(name, Scalars::uuid, "a UUID");
    }

    /** An optional number from {@code min} to {@code max}. */
    public @Nullable BigDecimal number(String name, BigDecimal min, BigDecimal max) {
        BigDecimal number = present(name) ? typed(name, BigDecimal.class, "a number") : null;
        if (number != null && (number.compareTo(min) < 0 || number.compareTo(max) > 0)) {
            fault(name, "must be from " + min + " to " + max + ", not `" + number + "`");
        }
        return number;
    }

    /** An optional flag. */
    public @Nullable Boolean flag(String name) {
        return present(name) ? typed(name, Boolean.class, "true or false") : null;
    }

    /** A required object. */
    public Members object(String name) {
        return required(name) ? of(members.get(name), at(name), faults) : new Members("", Map.of(), new Faults());
    }

    /** An optional object; null when it is not there. */
    public @Nullable Members optionalObject(String name) {
        return present(name) ? of(members.get(name), at(name), faults) : null;
    }

    /** Checks that an optional member, which is kept as sent, is an object. */
    public void anyObject(String name) {
        if (present(name)) {
            typed(name, Map.class, "an object");
        }
    }

    /** An optional list of at most {@code max} items, empty when absent. */
    public List<?> list(String name, int max) {
        List<?> items = present(name) ? typed(name, List.class, "an array") : null;
        if (items == null) {
            return List.of();
        }
        if (items.size() > max) {
            fault(name, "has " + items.size() + " items, at most " + max + " are allowed");
            return List.of();
        }
        return items;
    }

    /** An optional list of texts. */
    public List<String> texts(String name, Text rule, int max) {
        List<String> texts = new ArrayList<>();
        int i = 0;
        for (Object item : list(name, max)) {
            String place = at(name) + "/" + i++;
            if (item instanceof String text) {
                String fault = rule.fault(text);
                if (fault != null) {
                    faults.add(place, fault);
                }
                texts.add(text);
            } else {
                faults.add(place, "must be a string, not " + kind(item));
            }
        }
        return texts;
    }

    /** Every member with its value, for objects whose names are free. */
    public Map<?, ?> all() {
        members.keySet().forEach(name -> asked.add(String.valueOf(name)));
        return members;
    }

    /** Whether it is there. */
    public boolean present(String name) {
        asked.add(name);
        return members.containsKey(name);
    }

    /** Whether it is there; a fault when not. */
    public boolean required(String name) {
        boolean there = present(name);
        if (!there) {
            fault(name, "is missing");
        }
        return there;
    }

    /** The value as it was sent; null also when it is not there. */
    public @Nullable Object value(String name) {
        return members.get(name);
    }

    public void fault(String name, String message) {
        faults.add(at(name), message);
    }

    /** The pointer to this object. */
    public String pointer() {
        return pointer;
    }

    /** The pointer to a member of this object. */
    public String at(String name) {
        String escaped = name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
        return pointer + "/" + escaped;
    }

    /** Makes a fault of every member that was not asked for. */
    public void nothingElse() {
        for (Object key : members.keySet()) {
            String name = String.valueOf(key);
            if (!asked.contains(name)) {
                String near = Spelling.nearest(name, asked);
                fault(
                        name,
                        near == null
                                ? "is unknown; known are "
                                        + String.join(
                                                ", ", asked.stream().distinct().toList())
                                : "is unknown; did you mean `" + near + "`?");
            }
        }
    }

    /** What a JSON value is, in a sentence: {@code a string}. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null; leave out what is absent";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean flag) {
            return flag.toString();
        }
        if (value instanceof BigDecimal) {
            return "a number";
        }
        return value instanceof Map ? "an object" : "an array";
    }

    private <T> @Nullable T typed(String name, Class<T> type, String wanted) {
        Object value = members.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        fault(name, "must be " + wanted + ", not " + kind(value));
        return null;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
