package io.leeway.model;

/** What the caller must now do. */
public enum Directive {
    /** Execute the action once, under the permit of the answer. */
    PROCEED,
    /** Wait for the people named by the approval requirements. */
    AWAIT_APPROVAL,
    /** A person does it instead of the agent. */
    HAND_OVER,
    /** Nobody does it now: prohibited, stopped, or no longer valid. */
    HALT
}
