package io.leeway.policy.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table says, apart from its layout: columns with the snippets of the Drools layout, cells as that layout has them.
 *
 * @param rows a cell for each column: {@link String}, {@link java.math.BigDecimal}, {@link Boolean},
 *     {@link java.time.LocalDate}, or null for blank
 */
record TableOutline(String title, boolean authority, List<ColumnLabel> columns, List<List<@Nullable Object>> rows) {}
