package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.table.WrittenLine.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the lines of a sheet with tables, of either layout. For one sheet only. */
final class WrittenTables {
    private final Sheet sheet;
    private final Source source;
    private final ColumnLabels labels;
    private final boolean plain;
    private final List<WrittenLine> lines = new ArrayList<>();

    WrittenTables(Sheet sheet, Source source, ColumnLabels labels) {
        this.sheet = sheet;
        this.source = source;
        this.labels = labels;
        this.plain = PlainSheet.isOne(sheet);
    }

    /** A column of a table: its label, what it asks or does, and the cell that says so. */
    private record Column(int index, ColumnKind kind, String label, String snippet, WrittenCell head, PathType type) {}

    List<WrittenLine> read() {
        List<Integer> titles = plain ? PlainSheet.titles(sheet) : TableReader.titles(sheet);
        int end = titles.isEmpty() ? Address.ROWS : titles.get(0);
        for (int row : sheet.rows().headMap(end).keySet()) {
            if (plain && sheet.row(row).size() == 1) {
                text(row);
            } else {
                key(row);
            }
        }
        for (int i = 0; i < titles.size(); i++) {
            int next = i + 1 < titles.size() ? titles.get(i + 1) : Address.ROWS;
            int last = sheet.rows().lowerKey(next);
            if (plain) {
                plainTable(titles.get(i), last);
            } else {
                droolsTable(titles.get(i), last);
            }
        }
        return lines;
    }

    private void key(int row) {
        int column = sheet.row(row).first();
        String key = WrittenCell.text(sheet.at(row, column));
        WrittenCell value = WrittenCell.of(key, sheet, row, column + 1, PathType.TEXT, "");
        add(Kind.KEY, row, key, "", List.of(value));
    }

    private void text(int row) {
        WrittenCell all = whole("", row);
        add(Kind.TEXT, row, all.text(), "", List.of(all));
    }

    /** A line of which nothing is told apart. */
    private WrittenCell whole(String column, int row) {
        SheetRow cells = sheet.row(row);
        String text = SheetRow.columns(List.of(cells)).stream()
                .mapToObj(it -> WrittenCell.text(cells.at(it)))
                .collect(Collectors.joining(" "));
        return new WrittenCell(column, Address.text(row, cells.first()), text, words(text), "");
    }

    private void droolsTable(int title, int last) {
        String name = TableReader.titleOf(sheet.firstText(title));
        if (last < title + TableReader.HEAD_ROWS - 1) {
            table(title, name, List.of());
            return;
        }
        List<Column> columns = new ColumnReader(sheet, source, PathScope.UNBOUND, title, last)
                .read().stream().map(it -> droolsColumn(it, title)).toList();
        table(title, name, columns);
        for (int row : sheet.rows().tailMap(title + TableReader.HEAD_ROWS).keySet()) {
            if (row <= last) {
                row(row, name, columns);
            }
        }
    }

    private Column droolsColumn(TableColumn column, int title) {
        int index = column.index();
        String written = words(sheet.text(title + 3, index));
        String snippet = written.isEmpty() ? sheet.text(title + 1, index) : written;
        WrittenCell head = new WrittenCell(
                WrittenLines.label(sheet, title + 4, index),
                Address.text(title + (written.isEmpty() ? 1 : 3), index),
                snippet,
                snippet,
                "");
        return new Column(index, column.kind(), head.column(), asked(column, snippet), head, type(column));
    }

    private void plainTable(int title, int last) {
        String name = PlainTableReader.titleOf(sheet, title);
        boolean authority = PlainTableReader.isAuthority(sheet.firstText(title));
        int labelRow = PlainTableReader.labelRow(sheet, title, last);
        List<Column> columns = new ArrayList<>();
        Set<Integer> data = new HashSet<>();
        if (labelRow >= 0) {
            List<TableColumn> read = new PlainColumnReader(sheet, source, labels, PathScope.UNBOUND, labelRow, last)
                    .read(authority, title);
            read.forEach(it -> columns.add(plainColumn(it, labelRow, authority)));
            data.addAll(PlainTableReader.dataRows(sheet, read, labelRow, last));
        }
        table(title, name, columns);
        for (int row : sheet.rows().subMap(title, false, last, true).keySet()) {
            if (data.contains(row)) {
                row(row, name, columns);
            } else if (row != labelRow) {
                text(row);
            }
        }
    }

    private Column plainColumn(TableColumn column, int labelRow, boolean authority) {
        int index = column.index();
        String label = WrittenLines.label(sheet, labelRow, index);
        ColumnLabel known = labels.find(label, authority);
        WrittenCell head = new WrittenCell(label, Address.text(labelRow, index), label, label, "");
        String snippet = asked(column, known == null ? "" : known.snippet());
        return new Column(index, column.kind(), label, snippet, head, type(column));
    }

    private void table(int title, String name, List<Column> columns) {
        List<WrittenCell> cells = new ArrayList<>();
        cells.add(whole("table", title));
        columns.forEach(it -> cells.add(it.head()));
        add(Kind.TABLE, title, name, name, cells);
    }

    private void row(int row, String table, List<Column> columns) {
        List<WrittenCell> cells = new ArrayList<>();
        BitSet beside = SheetRow.columns(List.of(sheet.row(row)));
        String id = "";
        for (Column column : columns) {
            WrittenCell cell =
                    WrittenCell.of(column.label(), sheet, row, column.index(), column.type(), column.snippet());
            cells.add(cell);
            beside.clear(column.index());
            id = column.kind() == ColumnKind.NAME ? cell.text() : id;
        }
        beside.stream()
                .forEach(it -> cells.add(WrittenCell.of(Address.letters(it), sheet, row, it, PathType.TEXT, "")));
        add(Kind.ROW, row, id, table, cells);
    }

    private void add(Kind kind, int row, String key, String table, List<WrittenCell> cells) {
        lines.add(new WrittenLine(kind, source.file(), sheet.name(), row + 1, key, table, cells));
    }

    /** The effects in words: those who keep plain sheets see no snippets, and ask about these first. */
    private static String asked(TableColumn column, String snippet) {
        return switch (column.kind()) {
            case GRANT -> "granted";
            case REQUIRE -> "required";
            default -> snippet;
        };
    }

    /** What the whole cell is of; a list of values for {@code $1, $2} is a text. */
    private static PathType type(TableColumn column) {
        ConditionSnippet condition = column.condition();
        return condition == null || condition.arity() > 1
                ? PathType.TEXT
                : condition.comparisons().stream()
                        .filter(it -> !it.operand().isFixed())
                        .map(ConditionSnippet.Comparison::type)
                        .findFirst()
                        .orElse(PathType.TEXT);
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
