package io.leeway.policy.analysis;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.policy.Row;

/** A row and where it matches. */
record Region(Row row, Box box) {
    boolean isGrant() {
        return row.isAuthority();
    }

    Mode mode() {
        return row.outcome().mode();
    }

    boolean prohibits() {
        return row.outcome().effect() == Effect.PROHIBIT;
    }

    /** A grant of that mode or a more lenient one. */
    boolean grantsUpTo(Mode mode) {
        return isGrant() && mode().compareTo(mode) <= 0;
    }

    /** A safeguard of that mode or a stricter one. */
    boolean requiresAtLeast(Mode mode) {
        return !isGrant() && mode().compareTo(mode) >= 0;
    }
}
