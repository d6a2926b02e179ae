package io.leeway.testing;

import io.leeway.policy.PolicyFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * Describes one sheet, to be written as {@code .xlsx} or {@code .csv}.
 *
 * <pre>{@code
 * PolicyFile file = SheetBuilder.policy("Limits", "billing-policy@example.com")
 *         .table("Remit")
 *         .name()
 *         .condition("Action", "forall(||){action.type == \"$\"}")
 *         .condition("Currency", "action.currency == \"$param\"")
 *         .condition("Amount up to", "action.amount <= $param")
 *         .grant()
 *         .because()
 *         .row("REM-01", "billing.adjust", "USD", 500, "Autonomous", "Small corrections are the agent's remit.")
 *         .xlsx("billing.xlsx");
 * }</pre>
 *
 * Cells are {@link String}, any {@link Number}, {@link Boolean}, {@link LocalDate}, {@link Formula}, or null for blank. Rows
 * are appended one below the other; {@link #set} changes any cell afterwards. {@link #of} reads the same from lines of text.
 */
public final class SheetBuilder {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** A formula, and the result that a spreadsheet program would have left in the file. */
    public record Formula(String text, double cached) {}

    private record Column(String type, String snippet, String label) {}

    final String name;
    final NavigableMap<Integer, NavigableMap<Integer, Object>> rows = new TreeMap<>();
    final Set<Integer> hiddenRows = new TreeSet<>();
    final Set<Integer> hiddenColumns = new TreeSet<>();
    final List<String> merged = new ArrayList<>();
    final List<String> struck = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    boolean hidden;

    private final List<Column> columns = new ArrayList<>();
    private int next;
    private boolean open;

    private SheetBuilder(String name) {
        this.name = name;
    }

    /** An empty sheet. */
    public static SheetBuilder sheet(String name) {
        return new SheetBuilder(name);
    }

    /** A sheet that begins with the head of the Drools layout. */
    public static SheetBuilder policy(String name, String owner) {
        return sheet(name)
                .line("RuleSet", "leeway.test")
                .line("Import", "io.leeway.model.Proposal")
                .line("Variables", "io.leeway.policy.VerdictBuilder verdict")
                .line("Owner", owner);
    }

    /**
     * A sheet from lines of cells separated by {@code |} with spaces around it. Plain decimals become numbers, TRUE and FALSE
     * flags, ISO dates dates, what begins with {@code =} formulas; {@code '} before a value keeps it text.
     */
    public static SheetBuilder of(String name, List<String> lines) {
        SheetBuilder sheet = sheet(name);
        for (String line : lines) {
            String[] cells = (" " + line + " ").split("\\s\\|(?=\\s)");
            Object[] values = new Object[cells.length];
            for (int i = 0; i < cells.length; i++) {
                values[i] = value(cells[i].strip());
            }
            sheet.line(values);
        }
        return sheet;
    }

    /** What {@link #of} makes of the text of a cell, null for a blank one. */
    public static @Nullable Object value(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.startsWith("'")) {
            return text.substring(1);
        }
        if (text.startsWith("=")) {
            return new Formula(text.substring(1), 500);
        }
        if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text);
        }
        return text.equals("TRUE") || text.equals("FALSE") ? (Object) text.equals("TRUE") : text;
    }

    /** Appends a line of cells from column A on; no cells for a blank line. */
    public SheetBuilder line(@Nullable Object... cells) {
        finishColumns();
        for (int i = 0; i < cells.length; i++) {
            put(next, i, cells[i]);
        }
        next++;
        return this;
    }

    /** Begins a table; columns and rows follow. */
    public SheetBuilder table(String title) {
        line("RuleTable " + title);
        columns.clear();
        open = true;
        return this;
    }

    /** Adds a column of any type. */
    public SheetBuilder column(String type, String label, String snippet) {
        columns.add(new Column(type, snippet, label));
        return this;
    }

    public SheetBuilder name() {
        return column("NAME", "Id", "");
    }

    public SheetBuilder condition(String label, String snippet) {
        return column("CONDITION", label, snippet);
    }

    public SheetBuilder grant() {
        return column("ACTION", "Mode", "verdict.grant(\"$param\");");
    }

    public SheetBuilder require() {
        return column("ACTION", "Needs at least", "verdict.require(\"$param\");");
    }

    public SheetBuilder because() {
        return column("ACTION", "Because", "verdict.because(\"$param\");");
    }

    public SheetBuilder approvers() {
        return column("ACTION", "Approvers", "verdict.approvers(\"$1\", $2);");
    }

    public SheetBuilder oblige(String label) {
        return column("ACTION", label, "verdict.oblige(\"$1\", \"$2\");");
    }

    public SheetBuilder expires() {
        return column("ACTION", "Expires", "verdict.expires(\"$param\");");
    }

    /** Adds a metadata column: {@code owner}, {@code regulation} or {@code ticket}. */
    public SheetBuilder metadata(String what) {
        return column("METADATA", what, what + "($param)");
    }

    public SheetBuilder firstDay() {
        return column("DATE-EFFECTIVE", "From", "");
    }

    public SheetBuilder lastDay() {
        return column("DATE-EXPIRES", "To", "");
    }

    /** Appends a data row of the table, one cell for each column. */
    public SheetBuilder row(@Nullable Object... cells) {
        return line(cells);
    }

    /** Changes one cell, {@code C12}; null clears it. */
    public SheetBuilder set(String cell, @Nullable Object value) {
        finishColumns();
        CellReference at = new CellReference(cell);
        put(at.getRow(), at.getCol(), value);
        next = Math.max(next, at.getRow() + 1);
        return this;
    }

    /** Hides a row, counted from 1 as people do. */
    public SheetBuilder hideRow(int number) {
        hiddenRows.add(number - 1);
        return this;
    }

    /** Hides a column, {@code C}. */
    public SheetBuilder hideColumn(String letters) {
        hiddenColumns.add(CellReference.convertColStringToIndex(letters));
        return this;
    }

    /** Merges cells, {@code A1:B2}; in a workbook only. */
    public SheetBuilder merge(String range) {
        merged.add(range);
        return this;
    }

    /** Strikes a cell's text through; in a workbook only. */
    public SheetBuilder strike(String cell) {
        struck.add(cell);
        return this;
    }

    /** Gives a cell a note; in a workbook only. */
    public SheetBuilder note(String cell) {
        notes.add(cell);
        return this;
    }

    /** Hides the sheet; in a workbook only. */
    public SheetBuilder hidden() {
        hidden = true;
        return this;
    }

    /** The sheet alone as a workbook. */
    public PolicyFile xlsx(String file) {
        return WorkbookWriter.xlsx(file, this);
    }

    /** The sheet as CSV with commas. */
    public PolicyFile csv(String file) {
        return new PolicyFile(file, csvText(',').getBytes(StandardCharsets.UTF_8));
    }

    /** The sheet as CSV; merged objects are repeated with {@code ...}. */
    public String csvText(char delimiter) {
        finishColumns();
        int width =
                rows.values().stream().mapToInt(it -> it.lastKey() + 1).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < next; row++) {
            Map<Integer, Object> cells = rows.getOrDefault(row, new TreeMap<>());
            List<String> values = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                values.add(quoted(csvCell(cells.get(column)), delimiter));
            }
            text.append(values.stream().collect(Collectors.joining(String.valueOf(delimiter))))
                    .append("\r\n");
        }
        return text.toString();
    }

    /** Whether the object of a condition is merged with the one to its left. */
    static boolean isObject(@Nullable Object cell) {
        return cell instanceof String text && text.matches("\\$p\\s*:.*\\.\\.\\.");
    }

    /** Writes down what is described so far, for those that look at {@link #rows}. */
    void finishColumns() {
        if (!open) {
            return;
        }
        open = false;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            put(next, i, column.type());
            put(next + 1, i, column.type().equals("CONDITION") ? "$p : Proposal..." : null);
            put(next + 2, i, column.snippet());
            put(next + 3, i, column.label());
        }
        next += 4;
    }

    private void put(int row, int column, @Nullable Object value) {
        if (value == null || value.equals("")) {
            NavigableMap<Integer, Object> cells = rows.get(row);
            if (cells != null) {
                cells.remove(column);
                if (cells.isEmpty()) {
                    rows.remove(row);
                }
            }
            return;
        }
        rows.computeIfAbsent(row, it -> new TreeMap<>()).put(column, value);
    }

    private static String csvCell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "TRUE" : "FALSE";
        }
        return value instanceof Formula formula ? "=" + formula.text() : value.toString();
    }

    private static String quoted(String text, char delimiter) {
        boolean plain = text.indexOf(delimiter) < 0 && text.chars().noneMatch(it -> "\"\r\n".indexOf(it) >= 0);
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
