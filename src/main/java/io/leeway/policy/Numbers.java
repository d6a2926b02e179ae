package io.leeway.policy;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as cells spell them. */
public final class Numbers {
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,17})?");
    private static final Pattern GROUPED = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3}){1,5}(\\.[0-9]{1,17})?");
    private static final Pattern DRESSED = Pattern.compile("[\\s\u00a0\u202f'’,%$€£+]");

    private Numbers() {}

    /** A plain decimal, {@code -12.50}, null when the text is none. */
    public static @Nullable BigDecimal parse(String text) {
        return PLAIN.matcher(text).matches() ? normal(new BigDecimal(text)) : null;
    }

    /** A decimal with separators between its thousands, {@code 1,000.50}, null when the text is none. */
    public static @Nullable BigDecimal parseGrouped(String text) {
        return GROUPED.matcher(text).matches() ? parse(text.replace(",", "")) : null;
    }

    /** Whether people would take the text for a number: {@code 1,000} or {@code 50 %}. */
    public static boolean looksLikeOne(String text) {
        return PLAIN.matcher(DRESSED.matcher(text).replaceAll("")).matches();
    }

    /** Whether the number has at most 18 digits before and 17 after the point. */
    public static boolean fits(BigDecimal number) {
        return number.precision() - number.scale() <= 18 && number.scale() <= 17;
    }

    /** Without trailing zeros after the point, so that equal numbers are equal objects. */
    public static BigDecimal normal(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
