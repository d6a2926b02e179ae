package io.leeway.policy.table;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param index counted from 0
 * @param condition what it compares; null when it is no condition
 */
record TableColumn(int index, ColumnKind kind, @Nullable ConditionSnippet condition) {}
