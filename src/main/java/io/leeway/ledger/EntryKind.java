package io.leeway.ledger;

/**
 * What sort of thing an entry records. Data, not a closed list: each feature names its own, and the name never changes its
 * meaning.
 *
 * @param name lower case with dots: {@code decision}, {@code stop.release}
 */
public record EntryKind(String name) {}
