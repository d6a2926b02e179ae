package io.leeway.model;

/** What a matched rule does to the verdict. */
public enum Effect {
    /** An authority row: puts the action inside a remit, at a mode. */
    GRANT,
    /** A safeguard: at least this mode. */
    REQUIRE,
    /** A safeguard that nobody may pass, neither agent nor hand-off. */
    PROHIBIT
}
