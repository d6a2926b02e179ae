package io.leeway.control;

/**
 * What a person's call to release a stop came to.
 *
 * @param complete whether the stop is released; otherwise it holds until a second person asks too
 */
public record Release(Stop stop, boolean complete) {}
