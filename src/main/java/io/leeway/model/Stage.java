package io.leeway.model;

/** How much an agent has earned for an action type. An agent that nobody staged is {@link #SUPERVISED}. */
public enum Stage {
    SHADOW(Mode.HUMAN_IN_CONTROL),
    SUPERVISED(Mode.HUMAN_IN_THE_LOOP),
    LIMITED(Mode.AUTONOMOUS),
    FULL(Mode.AUTONOMOUS);

    private final Mode cap;

    Stage(Mode cap) {
        this.cap = cap;
    }

    /** The least strict mode that this stage lets through; {@link Mode#AUTONOMOUS} means that it caps nothing. */
    public Mode cap() {
        return cap;
    }
}
