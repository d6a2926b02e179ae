package io.leeway.ledger;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form that is hashed: RFC 8785 (JCS). Values are {@link Map} with {@link String} keys, {@link Collection},
 * {@link CharSequence}, {@link Boolean}, {@link Integer}, {@link Long}, {@link BigDecimal} and null.
 *
 * <p>Numbers must be IEEE 754 doubles of at most 15 significant digits, or integers up to 2<sup>53</sup>: for those the
 * decimal digits are also the shortest that name the double, so that no floating-point arithmetic is needed to write them as
 * ECMAScript does.
 */
public final class CanonicalJson {
    private static final long MAX_SAFE_INTEGER = 1L << 53;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    private CanonicalJson(StringBuilder out) {
        this.out = out;
    }

    /** The canonical UTF-8 bytes. */
    public static byte[] bytes(@Nullable Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical text. */
    public static String text(@Nullable Object value) {
        CanonicalJson json = new CanonicalJson(new StringBuilder(512));
        json.write(value);
        return json.out.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> items) {
            array(items);
        } else if (value instanceof BigDecimal number) {
            number(number);
        } else if (value instanceof Integer || value instanceof Long) {
            integer(((Number) value).longValue());
        } else if (value == null || value instanceof Boolean) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        // String's natural order is by UTF-16 code unit, which is the order of RFC 8785.
        SortedMap<?, ?> sorted = map instanceof SortedMap<?, ?> already && already.comparator() == null
                ? already
                : new TreeMap<Object, @Nullable Object>(map);
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string((String) member.getKey());
            out.append(':');
            write(member.getValue());
        }
        out.append('}');
    }

    private void array(Collection<?> items) {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(',');
            }
            first = false;
            write(item);
        }
        out.append(']');
    }

    private void string(CharSequence text) {
        out.append('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                control(c);
            } else {
                if (Character.isSurrogate(c) && !isPaired(text, i)) {
                    throw new IllegalArgumentException("a lone surrogate is not a character");
                }
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPaired(CharSequence text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }

    private void integer(long value) {
        if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
            throw new IllegalArgumentException("an integer beyond 2^53 has no exact double: " + value);
        }
        out.append(value);
    }

    /** ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20) from decimal digits: k digits, value = digits × 10^(n−k). */
    private void number(BigDecimal value) {
        if (value.signum() == 0) {
            out.append('0');
            return;
        }
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.precision() > 17) {
            throw new IllegalArgumentException("a number of more than 17 digits has no exact double: " + value);
        }
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
            exponent(digits, n - 1);
        }
    }

    private void exponent(String digits, int exponent) {
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }
}
