package io.leeway.model;

/** How hard a stop holds, from the mildest to the hardest. Of several stops the hardest counts. */
public enum StopLevel {
    /** Nothing goes without a person's approval. */
    APPROVE_ALL(Mode.HUMAN_IN_THE_LOOP),
    /** Nothing goes. */
    HALT(Mode.HUMAN_IN_CONTROL);

    private final Mode cap;

    StopLevel(Mode cap) {
        this.cap = cap;
    }

    /** The least strict mode that this level lets through. */
    public Mode cap() {
        return cap;
    }

    /** The harder of the two. */
    public StopLevel harder(StopLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether what was left to an agent in that mode may still be carried out under it. */
    public boolean lets(Mode given) {
        return this != HALT && given.compareTo(cap) >= 0;
    }
}
