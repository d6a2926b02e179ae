package io.leeway.policy.analysis;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of one path that no row tells apart.
 *
 * @param sample one of them; null for an absent number or flag, {@code ""} for an absent text
 * @param low of numbers: the same as {@code high} for a single number; otherwise the bound below, not included, or null
 * @param high of numbers: the bound above, not included, or null
 * @param texts of texts: those that rows or declarations mention; empty for all others together
 */
record ValueClass(
        @Nullable Object sample,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        List<String> texts) {

    static final ValueClass ABSENT = new ValueClass(null, null, null, List.of());

    static ValueClass number(BigDecimal exactly) {
        return new ValueClass(exactly, exactly, exactly, List.of());
    }

    static ValueClass between(@Nullable BigDecimal low, @Nullable BigDecimal high, BigDecimal sample) {
        return new ValueClass(sample, low, high, List.of());
    }

    static ValueClass flag(boolean value) {
        return new ValueClass(value, null, null, List.of());
    }

    boolean isAbsent() {
        return sample == null || sample.equals("");
    }

    /** Whether it is one number alone. */
    boolean isPoint() {
        return low != null && high != null && low.compareTo(high) == 0;
    }

    boolean holds(BigDecimal number) {
        if (isPoint()) {
            return number.compareTo(low()) == 0;
        }
        return sample != null
                && (low == null || number.compareTo(low) > 0)
                && (high == null || number.compareTo(high) < 0);
    }
}
