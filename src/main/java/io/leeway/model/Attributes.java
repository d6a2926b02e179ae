package io.leeway.model;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Domain attributes by name. Values are {@link String}, {@link BigDecimal} or {@link Boolean}; a name that is absent, or of
 * another type than asked for, reads as absent.
 */
public record Attributes(Map<String, Object> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Map.copyOf(values);
    }

    /** The text, or {@code ""} when absent. */
    public String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** The number, or null when absent: an absent number satisfies no comparison. */
    public @Nullable BigDecimal number(String name) {
        return values.get(name) instanceof BigDecimal number ? number : null;
    }

    /** The flag, or null when absent: an absent flag matches nothing. */
    public @Nullable Boolean flag(String name) {
        return values.get(name) instanceof Boolean flag ? flag : null;
    }
}
