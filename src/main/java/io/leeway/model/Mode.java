package io.leeway.model;

/** How much leeway the agent has for one action, from the most lenient to the strictest. */
public enum Mode {
    AUTONOMOUS,
    HUMAN_IN_THE_LOOP,
    HUMAN_IN_CONTROL;

    /** The stricter of the two. */
    public Mode stricter(Mode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The more lenient of the two. */
    public Mode moreLenient(Mode other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
