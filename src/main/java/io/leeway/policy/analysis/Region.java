package io.leeway.policy.analysis;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.time.Duration;

/** A row and where it matches. */
record Region(Row row, Box box) {
    private static final String SAMPLE = "sample";

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

    /** Whether it owes that too, or more of it. */
    boolean owes(Obligation owed) {
        return row.outcome().obligations().stream()
                .anyMatch(it -> it.equals(owed)
                        || it.type().equals(SAMPLE)
                                && owed.type().equals(SAMPLE)
                                && new BigDecimal(it.value()).compareTo(new BigDecimal(owed.value())) >= 0);
    }

    /** Whether it asks the same group, for as many at least. */
    boolean asks(ApprovalRequirement asked) {
        ApprovalRequirement its = row.outcome().approvers();
        return its != null && its.group().equals(asked.group()) && its.quorum() >= asked.quorum();
    }

    /** Whether what it lets through lives that long at most. */
    boolean livesAtMost(Duration life) {
        Duration its = row.outcome().expires();
        return its != null && its.compareTo(life) <= 0;
    }
}
