package io.leeway.policy;

/** What a path holds. */
public enum PathType {
    /** A {@link String}, {@code ""} when absent. */
    TEXT,
    /** A {@link java.math.BigDecimal}; absent satisfies no comparison. */
    NUMBER,
    /** A {@link Boolean}; absent matches nothing. */
    FLAG
}
