package io.leeway.policy.table;

import io.leeway.policy.Condition;
import io.leeway.policy.HumanDuration;
import io.leeway.policy.Operator;
import io.leeway.policy.PathScope;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a sheet of either layout says; of sheets in which nothing is wrong. */
final class OutlineReader {
    private static final List<String> KEYS = List.of("Owner", "Rationale", "Regulation", "Review by");

    private final Sheet sheet;
    private final Source source;
    private final ColumnLabels labels;
    private final OutlineCells cells;
    private final PlainCells plainCells;
    private final boolean plain;

    OutlineReader(Sheet sheet, Source source, ColumnLabels labels, NamedLists lists) {
        this.sheet = sheet;
        this.source = source;
        this.labels = labels;
        this.cells = new OutlineCells(source);
        this.plainCells = new PlainCells(source, new CellReader(source), lists, PathScope.UNBOUND);
        this.plain = PlainSheet.isOne(sheet);
    }

    SheetOutline read() {
        List<Integer> titles = plain ? PlainSheet.titles(sheet) : TableReader.titles(sheet);
        Map<String, Object> head = new LinkedHashMap<>();
        String title = "";
        ZoneId zone = ZoneOffset.UTC;
        for (int row : sheet.rows().headMap(titles.get(0)).keySet()) {
            int column = sheet.row(row).first();
            String key = sheet.text(row, column);
            CellValue value = sheet.at(row, column + 1);
            if (KEYS.contains(key) && value != null) {
                Object held = key.equals("Review by")
                        ? new CellReader(source).date(value, row, column)
                        : OutlineCells.plain(value);
                head.put(key, Objects.requireNonNull(held, key));
            } else if (key.equals("RuleSet")) {
                title = sheet.text(row, column + 1);
            } else if (key.equals("Time zone") && !sheet.text(row, column + 1).equals("UTC")) {
                zone = ZoneId.of(sheet.text(row, column + 1));
            } else if (plain && value == null && title.isEmpty()) {
                title = key;
            }
        }
        List<TableOutline> tables = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int next = i + 1 < titles.size() ? titles.get(i + 1) : Address.ROWS;
            int last = sheet.rows().lowerKey(next);
            tables.add(plain ? plainTable(titles.get(i), last) : droolsTable(titles.get(i), last));
        }
        return new SheetOutline(title, head, zone, tables);
    }

    private TableOutline droolsTable(int title, int last) {
        List<ColumnLabel> columns = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        boolean authority = false;
        for (TableColumn column : new ColumnReader(sheet, source, PathScope.UNBOUND, title, last).read()) {
            boolean grant = column.kind() == ColumnKind.GRANT;
            boolean used = sheet.rows().subMap(title + 5, true, Math.max(last, title + 5), true).values().stream()
                    .anyMatch(row -> row.at(column.index()) != null);
            if (used || (!grant && column.kind() != ColumnKind.REQUIRE)) {
                authority |= grant;
                columns.add(label(column, title));
                indexes.add(column.index());
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row : sheet.rows().tailMap(title + 5, true).headMap(last, true).keySet()) {
            List<@Nullable Object> line = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                line.add(cells.strict(columns.get(i), sheet.at(row, indexes.get(i))));
            }
            rows.add(line);
        }
        String name = TableReader.titleOf(sheet.firstText(title));
        return new TableOutline(name, authority, columns, rows);
    }

    private ColumnLabel label(TableColumn column, int title) {
        CellValue label = sheet.shown(title + 4, column.index());
        String text = label == null ? null : CellReader.raw(label);
        ColumnKind kind = column.kind();
        String snippet = kind == ColumnKind.CONDITION
                ? sheet.text(title + 3, column.index())
                : kind.snippet().isEmpty() ? kind.type() : kind.snippet();
        String words = text == null ? "" : text.replaceAll("\\s+", " ");
        return new ColumnLabel(words, kind, snippet, column.condition(), "", "", "");
    }

    private TableOutline plainTable(int title, int last) {
        boolean authority = PlainTableReader.isAuthority(sheet.firstText(title));
        int labelRow = PlainTableReader.labelRow(sheet, title, last);
        List<TableColumn> read =
                new PlainColumnReader(sheet, source, labels, PathScope.UNBOUND, labelRow, last).read(authority, title);
        // A plain column may be several of the Drools layout: equal, not equal, a family.
        Map<List<Object>, ColumnLabel> columns = new LinkedHashMap<>();
        List<Map<List<Object>, Object>> lines = new ArrayList<>();
        List<Integer> data = PlainTableReader.dataRows(sheet, read, labelRow, last);
        data.forEach(row -> lines.add(new LinkedHashMap<>()));
        for (TableColumn column : read) {
            String text = sheet.text(labelRow, column.index()).replaceAll("\\s+", " ");
            ColumnLabel label = Objects.requireNonNull(labels.find(text, authority), text);
            for (int i = 0; i < data.size(); i++) {
                Put put = put(label, sheet.at(data.get(i), column.index()));
                if (put != null) {
                    List<Object> key = List.of(column.index(), put.column().snippet());
                    columns.putIfAbsent(key, put.column());
                    lines.get(i).put(key, put.value());
                }
            }
            boolean somewhere =
                    columns.keySet().stream().anyMatch(it -> it.get(0).equals(column.index()));
            if (!somewhere) {
                columns.put(List.of(column.index(), label.snippet()), label);
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map<List<Object>, Object> line : lines) {
            List<@Nullable Object> row = new ArrayList<>();
            columns.keySet().forEach(key -> row.add(line.get(key)));
            rows.add(row);
        }
        String name = PlainTableReader.titleOf(sheet, title);
        return new TableOutline(name, authority, List.copyOf(columns.values()), rows);
    }

    /** A cell, and the column of the Drools layout in which it says the same. */
    private record Put(ColumnLabel column, Object value) {}

    private @Nullable Put put(ColumnLabel label, @Nullable CellValue cell) {
        ConditionSnippet snippet = label.condition();
        String text = cell == null ? null : CellReader.raw(cell);
        if (cell == null || (snippet != null && text != null && text.equalsIgnoreCase("any"))) {
            return null;
        }
        if (snippet != null && PlainCells.isOneText(snippet)) {
            List<Condition> conditions = Objects.requireNonNull(plainCells.read(snippet, cell, 0, 0));
            return put(label, conditions.get(0));
        }
        CellValue strict = snippet == null ? cell : PlainCells.put(snippet, cell);
        Object value = Objects.requireNonNull(cells.strict(label, strict));
        return new Put(
                label, label.kind() == ColumnKind.EXPIRES || label.kind() == ColumnKind.OBLIGE ? iso(value) : value);
    }

    private static Put put(ColumnLabel label, Condition condition) {
        Operator written =
                Objects.requireNonNull(label.condition()).comparisons().get(0).operator();
        String path = condition.path().text();
        boolean positive = written == Operator.EQUAL || written == Operator.IN;
        return switch (condition.operator()) {
            case STARTS_WITH ->
                positive
                        ? new Put(
                                variant(label, " (family)", path + " str[startsWith] \"$param\""),
                                condition.limitText())
                        : new Put(label, condition.limitText());
            case NOT_EQUAL, NOT_IN ->
                !positive
                        ? new Put(label, condition.limitText())
                        : written == Operator.IN
                                ? new Put(
                                        variant(label, " (not)", "forall(&&){" + path + " != \"$\"}"),
                                        condition.limitText())
                                : new Put(variant(label, " (not)", path + " != \"$param\""), condition.limitText());
            default -> new Put(label, condition.limitText());
        };
    }

    private static ColumnLabel variant(ColumnLabel label, String suffix, String snippet) {
        return ColumnLabel.condition(label.label() + suffix, snippet);
    }

    /** With the durations of an expiry or of an obligation in ISO 8601. */
    private static Object iso(Object value) {
        String text = value.toString();
        String prefix = text.startsWith("reversal-plan, ") ? "reversal-plan, " : "";
        if (prefix.isEmpty() && text.contains(",")) {
            return text;
        }
        String iso = HumanDuration.iso(text.substring(prefix.length()));
        return iso == null ? text : prefix + iso;
    }
}
