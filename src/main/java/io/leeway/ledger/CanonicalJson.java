package io.leeway.ledger;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value in the one form that is hashed, RFC 8785 (JCS). Values are {@link Map} with {@link String} keys, {@link Collection},
 * {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link BigDecimal} and null.
 *
 * <p>Numbers must be IEEE 754 doubles of at most 15 significant digits, or integers up to 2<sup>53</sup>: for those the
 * decimal digits are also the shortest that name the double, so that no floating-point arithmetic is needed to write them as
 * ECMAScript does.
 */
public final class CanonicalJson {
    private final JsonWriter out = JsonWriter.canonical(512);

    private CanonicalJson() {}

    /** The canonical UTF-8 bytes. */
    public static byte[] bytes(@Nullable Object value) {
        CanonicalJson json = new CanonicalJson();
        json.write(value);
        return json.out.toBytes();
    }

    /** The canonical text. */
    public static String text(@Nullable Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private void write(@Nullable Object value) {
        if (value instanceof String text) {
            out.value(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> items) {
            array(items);
        } else if (value instanceof BigDecimal number) {
            out.raw(number(number).getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Integer || value instanceof Long) {
            out.value(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            out.value(flag);
        } else if (value == null) {
            out.value((String) null);
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        // String's natural order is by UTF-16 code unit, which is the order of RFC 8785.
        SortedMap<?, ?> sorted = map instanceof SortedMap<?, ?> already && already.comparator() == null
                ? already
                : new TreeMap<Object, @Nullable Object>(map);
        out.beginObject();
        for (Map.Entry<?, ?> member : sorted.entrySet()) {
            out.name((String) member.getKey());
            write(member.getValue());
        }
        out.endObject();
    }

    private void array(Collection<?> items) {
        out.beginArray();
        for (Object item : items) {
            write(item);
        }
        out.endArray();
    }

    /** ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20) from decimal digits: k digits, value = digits × 10^(n−k). */
    private static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.precision() > 17) {
            throw new IllegalArgumentException("a number of more than 17 digits has no exact double: " + value);
        }
        StringBuilder out = new StringBuilder(24);
        if (shortest.signum() < 0) {
            out.append('-');
        }
        String digits = shortest.unscaledValue().abs().toString();
        int k = digits.length();
        int n = k - shortest.scale();
        if (k <= n && n <= 21) {
            out.append(digits).append("0".repeat(n - k));
        } else if (0 < n && n <= 21) {
            out.append(digits, 0, n).append('.').append(digits, n, k);
        } else if (-6 < n && n <= 0) {
            out.append("0.").append("0".repeat(-n)).append(digits);
        } else {
            exponent(out, digits, n - 1);
        }
        return out.toString();
    }

    private static void exponent(StringBuilder out, String digits, int exponent) {
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }
}
