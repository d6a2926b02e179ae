package io.leeway.policy.diff;

import io.leeway.policy.Row;
import io.leeway.policy.diff.CellChange.Field;
import io.leeway.policy.diff.CellChange.Kind;
import io.leeway.policy.diff.Counterparts.Place;
import io.leeway.policy.diff.LinePairs.Pair;
import io.leeway.policy.table.WrittenCell;
import io.leeway.policy.table.WrittenLine;
import io.leeway.policy.table.WrittenLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two versions say in writing. A line that only moved has not changed, nor has a column; but a row has that now
 * stands in another table or sheet and is read otherwise there.
 */
final class CellChanges {
    private final Counterparts sheets;
    private final Counterparts tables;
    private final Map<String, Row> rowsBefore;
    private final Map<String, Row> rowsAfter;
    private final List<CellChange> changes = new ArrayList<>();

    private CellChanges(Counterparts sheets, Counterparts tables, VersionFiles before, VersionFiles after) {
        this.sheets = sheets;
        this.tables = tables;
        this.rowsBefore = rows(before);
        this.rowsAfter = rows(after);
    }

    private static Map<String, Row> rows(VersionFiles version) {
        Map<String, Row> rows = new HashMap<>();
        if (version.tables() != null) {
            version.tables().rows().forEach(row -> rows.put(row.id(), row));
        }
        return rows;
    }

    /** All that is written otherwise, by file, sheet, row and column. */
    static List<CellChange> of(VersionFiles before, VersionFiles after) {
        List<WrittenLine> was = WrittenLines.read(before.files());
        List<WrittenLine> is = WrittenLines.read(after.files());
        Counterparts sheets = new Counterparts(was, is, Place::sheet);
        Counterparts tables = new Counterparts(was, is, Place::table);
        CellChanges found = new CellChanges(sheets, tables, before, after);
        found.changes.addAll(FileChanges.of(before.files(), after.files()));
        List<Pair> pairs = LinePairs.of(was, is, sheets, tables);
        pairs.stream().filter(it -> it.is() == null).forEach(found::compare);
        pairs.stream().filter(it -> it.is() != null).forEach(found::compare);
        found.changes.sort(CellChange.ORDER);
        return List.copyOf(found.changes);
    }

    private void compare(Pair pair) {
        WrittenLine was = pair.was();
        WrittenLine is = pair.is();
        if (was != null && is != null) {
            compare(was, is);
        } else if (was != null) {
            whole(Kind.REMOVED, was);
        } else if (is != null) {
            whole(Kind.ADDED, is);
        }
    }

    /** A line that is in one version alone. */
    private void whole(Kind kind, WrittenLine line) {
        if (line.kind() == WrittenLine.Kind.KEY || line.kind() == WrittenLine.Kind.TEXT) {
            WrittenCell cell = line.cells().get(0);
            add(line, kind == Kind.REMOVED ? cell : null, kind == Kind.ADDED ? cell : null, false);
            return;
        }
        List<Field> fields = line.cells().stream()
                .filter(it -> !it.isBlank())
                .map(it -> new Field(it.column(), it.text()))
                .toList();
        String cell = line.cells().get(0).cell();
        changes.add(new CellChange(kind, line.file(), line.sheet(), cell, rule(line), null, null, null, fields));
    }

    private void compare(WrittenLine was, WrittenLine is) {
        boolean moved = !tables.of(Place.table(was)).equals(Place.table(is));
        Map<String, WrittenCell> old = LinePairs.byColumn(was);
        LinePairs.byColumn(is).forEach((column, cell) -> add(is, old.remove(column), cell, moved));
        old.values().forEach(cell -> add(is, cell, null, moved));
        if (!sheets.of(Place.sheet(was)).equals(Place.sheet(is))) {
            Row rowBefore = rowsBefore.get(was.key());
            Row rowAfter = rowsAfter.get(is.key());
            if (is.kind() == WrittenLine.Kind.ROW && rowBefore != null && rowAfter != null) {
                inherited(was, is, "Owner", "owner($param)", rowBefore, rowAfter, Row::owner);
                inherited(was, is, "Regulation", "regulation($param)", rowBefore, rowAfter, Row::regulation);
                inherited(
                        was,
                        is,
                        "Time zone",
                        "",
                        rowBefore,
                        rowAfter,
                        row -> row.zone().getId());
            }
        }
    }

    /**
     * What the row takes from the head of its sheet, which now is another.
     *
     * @param own the snippet of the column that would say it for the row alone
     */
    private void inherited(
            WrittenLine was,
            WrittenLine is,
            String key,
            String own,
            Row rowBefore,
            Row rowAfter,
            Function<Row, String> value) {
        if (!says(was, own) || !says(is, own)) {
            String cell = is.cells().get(0).cell();
            String from = value.apply(rowBefore);
            String to = value.apply(rowAfter);
            add(is, new WrittenCell(key, cell, from, from, ""), new WrittenCell(key, cell, to, to, ""), false);
        }
    }

    private static boolean says(WrittenLine line, String snippet) {
        return !snippet.isEmpty()
                && line.cells().stream()
                        .anyMatch(it -> !it.isBlank() && it.snippet().equals(snippet));
    }

    /**
     * Adds one cell, if anything of it differs.
     *
     * @param line where it stands
     * @param moved whether the row stands in another table now, where a column of that label may ask for something else
     */
    private void add(WrittenLine line, @Nullable WrittenCell was, @Nullable WrittenCell is, boolean moved) {
        boolean blank = isBlank(was) && isBlank(is);
        boolean same = was != null && is != null && was.value().equals(is.value());
        boolean asksElse = moved && was != null && is != null && !was.snippet().equals(is.snippet());
        if (blank || (same && !asksElse)) {
            return;
        }
        WrittenCell named = Objects.requireNonNull(is == null ? was : is);
        boolean columnIsGone = is == null && line.cells().size() > 1;
        changes.add(new CellChange(
                isBlank(was) ? Kind.ADDED : isBlank(is) ? Kind.REMOVED : Kind.CHANGED,
                line.file(),
                line.sheet(),
                columnIsGone ? line.cells().get(0).cell() : named.cell(),
                rule(line),
                named.column().isEmpty() ? null : named.column(),
                text(was, asksElse),
                text(is, asksElse),
                List.of()));
    }

    private static boolean isBlank(@Nullable WrittenCell cell) {
        return cell == null || cell.isBlank();
    }

    private static @Nullable String text(@Nullable WrittenCell cell, boolean withSnippet) {
        if (cell == null || cell.isBlank()) {
            return null;
        }
        return withSnippet && !cell.snippet().isEmpty() ? cell.text() + " (" + cell.snippet() + ")" : cell.text();
    }

    private static @Nullable String rule(WrittenLine line) {
        return switch (line.kind()) {
            case ROW, DECLARATION -> line.key();
            case KEY, TABLE, TEXT -> null;
        };
    }
}
