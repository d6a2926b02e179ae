package io.leeway.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of the ledger's own, read back. Members that must be there and are not, or are of another type, mean that
 * somebody changed the bytes: {@link IllegalStateException}.
 *
 * @param members sorted; values as {@link JsonReader} gives them
 */
public record JsonObject(Map<String, Object> members) {

    public String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    public @Nullable String optionalText(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw missing(name);
    }

    public long integer(String name) {
        if (members.get(name) instanceof Long number) {
            return number;
        }
        throw missing(name);
    }

    /** False when absent. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    public Instant time(String name) {
        return Instant.parse(text(name));
    }

    public UUID id(String name) {
        return UUID.fromString(text(name));
    }

    public JsonObject object(String name) {
        JsonObject object = optionalObject(name);
        if (object == null) {
            throw missing(name);
        }
        return object;
    }

    public @Nullable JsonObject optionalObject(String name) {
        Object value = members.get(name);
        return value == null ? null : of(value);
    }

    /** The texts of a list; empty when absent. */
    public <T> List<T> texts(String name, Function<String, T> read) {
        return list(name).stream().map(value -> read.apply((String) value)).toList();
    }

    /** The objects of a list; empty when absent. */
    public <T> List<T> objects(String name, Function<JsonObject, T> read) {
        return list(name).stream().map(value -> read.apply(of(value))).toList();
    }

    private List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw missing(name);
    }

    @SuppressWarnings("unchecked") // the reader makes every object a map with names
    private static JsonObject of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, Object>) map);
        }
        throw new IllegalStateException("stored bytes hold `" + value + "` where an object should be");
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("stored bytes have no proper `" + name + "`");
    }
}
