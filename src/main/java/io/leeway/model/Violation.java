package io.leeway.model;

/**
 * One fault in what a caller sent.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, {@code ""} for the whole
 * @param message what was found and what is allowed
 */
public record Violation(String pointer, String message) {}
