package io.leeway.evidence;

/** What the cause is that a step of a trace names. */
public enum ParentLink {
    /** It names none, or what it named was erased. */
    NONE,
    /** An earlier step of the same trace. */
    STEP,
    /** An earlier decision of another trace, or of none. */
    ELSEWHERE,
    /** No decision before it that is recorded, or none for who asks. */
    UNKNOWN
}
