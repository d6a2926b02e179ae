package io.leeway.security;

/**
 * Something that can be called.
 *
 * @param method HTTP method, upper case
 * @param template path template as the resource declares it: {@code /v1/decisions/{id}}
 */
public record Endpoint(String method, String template) {}
