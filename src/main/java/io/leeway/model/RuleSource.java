package io.leeway.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a rule stands.
 *
 * @param sheet null for DRL
 * @param range the row's cells, {@code A12:F12}; null for DRL
 * @param sha256 hex digest of the file
 */
public record RuleSource(
        String file, @Nullable String sheet, @Nullable String range, String sha256) {}
