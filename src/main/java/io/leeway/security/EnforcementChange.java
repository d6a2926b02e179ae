package io.leeway.security;

/**
 * What came of one operator's call.
 *
 * @param complete false while a second operator has to agree
 */
public record EnforcementChange(KeyEnforcement enforcement, boolean complete) {}
