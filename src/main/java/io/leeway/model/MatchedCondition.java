package io.leeway.model;

import org.jspecify.annotations.Nullable;

/**
 * One condition of a matched row, with what the row asked for and what the proposal held.
 *
 * @param path as in the snippet: {@code action.amount}, {@code evidence.staleAfter("charge.record", "PT15M")}
 * @param operator {@code == != > >= < <= in startsWith}
 * @param limit what the cell says
 * @param actual what was found, {@code ""} for an absent text, null for an absent number or flag
 * @param detail more for people: {@code 10800 s old}
 * @param cell {@code C12}, {@code ""} for a guardrail
 */
public record MatchedCondition(
        String path,
        String operator,
        String limit,
        @Nullable String actual,
        @Nullable String detail,
        String cell) {}
