package io.leeway.policy.table;

import org.jspecify.annotations.Nullable;

/**
 * What a label over a column of a plain sheet stands for.
 *
 * @param snippet as the Drools layout writes it; for columns without one their type, {@code NAME} or {@code DATE-EXPIRES}
 * @param condition what it compares; null when it is no condition
 * @param unit {@code ""} when it has none
 */
record ColumnLabel(
        String label,
        ColumnKind kind,
        String snippet,
        @Nullable ConditionSnippet condition,
        String unit,
        String meaning,
        String example) {
    /** A condition by its snippet, of which nothing more is known. */
    static ColumnLabel condition(String label, String snippet) {
        try {
            ConditionSnippet condition = SnippetParser.parse(snippet);
            return new ColumnLabel(label, ColumnKind.CONDITION, snippet, condition, "", "", "");
        } catch (SnippetException e) {
            throw new IllegalStateException(snippet, e);
        }
    }

    /** Whether tables of that kind may have it: a mode is granted in the one, required in the other. */
    boolean suits(boolean authority) {
        return kind != (authority ? ColumnKind.REQUIRE : ColumnKind.GRANT);
    }
}
