package io.leeway.model;

/** Why a verdict is what it is: a closed list, in the order in which answers name them. */
public enum ReasonCode {
    AUTHORITY,
    NO_AUTHORITY,
    SAFEGUARD,
    PROHIBITED,
    STAGE,
    STOP,
    NO_POLICY,
    UNKNOWN_ACTION,
    EVALUATION_ERROR,
    DEADLINE,
    PERMIT_EXPIRED,
    PERMIT_CONSUMED,
    STOPPED
}
