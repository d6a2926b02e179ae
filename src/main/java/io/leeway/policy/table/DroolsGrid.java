package io.leeway.policy.table;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes what a sheet says in the Drools layout. */
final class DroolsGrid {
    private DroolsGrid() {}

    static Grid of(String name, SheetOutline sheet) {
        Grid grid = new Grid(name, "");
        String title = sheet.title().isEmpty() ? name : sheet.title();
        String slug = title.replaceAll("[^A-Za-z0-9_.]+", "_");
        grid.line("RuleSet", slug);
        grid.line("Import", "io.leeway.model.Proposal");
        grid.line("Variables", "io.leeway.policy.VerdictBuilder verdict");
        sheet.head().forEach((key, value) -> grid.line(key, value));
        for (TableOutline table : sheet.tables()) {
            grid.line();
            table(grid, table, sheet.zone());
        }
        return grid;
    }

    private static void table(Grid grid, TableOutline table, ZoneId zone) {
        // Stock Drools wants conditions before actions.
        List<Integer> order = IntStream.range(0, table.columns().size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        it -> rank(table.columns().get(it).kind())))
                .toList();
        List<ColumnLabel> columns = order.stream().map(table.columns()::get).toList();
        grid.line("RuleTable " + table.title());
        grid.line(columns.stream().map(it -> it.kind().type()).toList());
        List<@Nullable Object> objects = new ArrayList<>();
        List<@Nullable Object> snippets = new ArrayList<>();
        for (ColumnLabel column : columns) {
            boolean condition = column.kind() == ColumnKind.CONDITION;
            objects.add(condition ? Grid.OBJECT : null);
            snippets.add(
                    condition
                            ? zoned(column.snippet(), zone)
                            : column.kind().snippet().isEmpty() ? null : column.snippet());
        }
        grid.line(objects);
        grid.line(snippets);
        grid.line(columns.stream().map(ColumnLabel::label).toList());
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> line = new ArrayList<>();
            order.forEach(it -> line.add(row.get(it)));
            grid.line(line);
        }
    }

    /** The snippet with the zone of the sheet in the paths that name none: this layout has no key for it. */
    private static String zoned(String snippet, ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                ? snippet
                : snippet.replaceAll("\\b(now\\.(?:time|weekday))\\b(?!\\s*\\()", "$1(\"" + zone + "\")")
                        .replaceAll("\\b(now\\.calendar)\\s*\\(\\s*(\"[^\"]*\")\\s*\\)", "$1($2, \"" + zone + "\")");
    }

    private static int rank(ColumnKind kind) {
        return kind == ColumnKind.NAME ? 0 : kind == ColumnKind.CONDITION ? 1 : 2;
    }
}
