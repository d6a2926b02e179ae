package io.leeway.model;

import java.math.BigDecimal;

/**
 * An amount as it was sent: the scale of {@code value} is kept, so that {@code 120.00} stays {@code 120.00}.
 *
 * @param value non-negative, at most 18 digits before and 6 after the point
 * @param currency three capital letters (ISO 4217)
 */
public record Money(BigDecimal value, String currency) {
    /** The decimal string as sent. */
    public String text() {
        return value.toPlainString();
    }
}
