/**
 * Cells to typed rows: the only code that knows how policy files look.
 *
 * <p>A file becomes sheets of typed cells ({@link io.leeway.policy.table.Sheet}), each format on its own:
 * {@code CsvFile} and {@code Workbook}. From there on the format does not matter, but for how a number or a date is
 * written. {@code SheetReader} then reads heads, tables and the sheets beside
 * them: tables of the Drools layout by {@code TableReader}, those of plain sheets by {@code PlainSheet}, whose cells
 * {@code PlainCells} puts as the Drools layout would have them. {@code Conversion} writes either layout from the other. Nothing in a cell is ever code: snippets
 * are matched against the closed forms of {@code ConditionSnippet} and {@code EffectKind}. Uses {@code policy},
 * {@code policy.check} and the JDK. Of POI only what knows Excel's date formats reads here; {@code AnnotatedCopy} alone opens
 * a workbook with it, after our own reader has accepted the file; {@code WorkbookTemplate} writes new ones. Read
 * {@link io.leeway.policy.table.PolicyReader} first.
 */
@NullMarked
package io.leeway.policy.table;

import org.jspecify.annotations.NullMarked;
