package io.leeway.decision;

/** What has become of a decision. */
public enum DecisionState {
    OPEN,
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED,
    CANCELLED,
    PERMITTED,
    CONSUMED,
    HANDED_OVER,
    CLOSED
}
