package io.leeway.policy.diff;

import io.leeway.policy.diff.Counterparts.Place;
import io.leeway.policy.table.WrittenCell;
import io.leeway.policy.table.WrittenLine;
import io.leeway.policy.table.WrittenLine.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which line of the new version is which of the old one. Lines are the same when the same names them, wherever they stand: rows
 * by their ids, lines beside the tables by their first column, keys by the sheet above whose tables they stand. Where several
 * lines bear one name, those that say the same are paired first, the others in their order.
 */
final class LinePairs {
    private final List<Pair> pairs = new ArrayList<>();

    /** A line that was and is; one of the two may be missing. */
    record Pair(@Nullable WrittenLine was, @Nullable WrittenLine is) {}

    /** What makes a line the same in both versions. */
    private record Identity(Kind kind, Place in, String key) {}

    private LinePairs() {}

    static List<Pair> of(List<WrittenLine> before, List<WrittenLine> after, Counterparts sheets, Counterparts tables) {
        Map<Identity, List<WrittenLine>> old =
                grouped(before, it -> sheets.of(Place.sheet(it)), it -> tables.of(Place.table(it)));
        LinePairs matched = new LinePairs();
        grouped(after, Place::sheet, Place::table).forEach((identity, lines) -> {
            List<WrittenLine> was = old.remove(identity);
            matched.pair(was == null ? List.of() : was, lines);
        });
        old.values().forEach(lines -> matched.pair(lines, List.of()));
        return matched.pairs;
    }

    private static Map<Identity, List<WrittenLine>> grouped(
            List<WrittenLine> lines, Function<WrittenLine, Place> sheet, Function<WrittenLine, Place> table) {
        Map<Identity, List<WrittenLine>> grouped = new LinkedHashMap<>();
        for (WrittenLine line : lines) {
            Identity identity = switch (line.kind()) {
                case KEY -> new Identity(line.kind(), sheet.apply(line), line.key());
                case TABLE -> new Identity(line.kind(), table.apply(line), "");
                case DECLARATION -> new Identity(line.kind(), new Place("", line.table()), line.key());
                case ROW, TEXT -> new Identity(line.kind(), new Place("", ""), line.key());
            };
            grouped.computeIfAbsent(identity, it -> new ArrayList<>()).add(line);
        }
        return grouped;
    }

    private void pair(List<WrittenLine> was, List<WrittenLine> is) {
        Map<Map<String, String>, Deque<WrittenLine>> left = new LinkedHashMap<>();
        was.forEach(
                it -> left.computeIfAbsent(said(it), said -> new ArrayDeque<>()).add(it));
        List<WrittenLine> changed = new ArrayList<>();
        for (WrittenLine line : is) {
            Deque<WrittenLine> same = left.get(said(line));
            if (same == null || same.isEmpty()) {
                changed.add(line);
            } else {
                pairs.add(new Pair(same.remove(), line));
            }
        }
        Set<WrittenLine> unpaired = Collections.newSetFromMap(new IdentityHashMap<>());
        left.values().forEach(unpaired::addAll);
        List<WrittenLine> rest = was.stream().filter(unpaired::contains).toList();
        for (int i = 0; i < Math.max(rest.size(), changed.size()); i++) {
            pairs.add(new Pair(i < rest.size() ? rest.get(i) : null, i < changed.size() ? changed.get(i) : null));
        }
    }

    /** What the line says, whatever the order of its columns. */
    private static Map<String, String> said(WrittenLine line) {
        Map<String, String> said = new HashMap<>();
        byColumn(line).forEach((column, cell) -> {
            if (!cell.isBlank()) {
                said.put(column, cell.value());
            }
        });
        return said;
    }

    /** The cells by their labels; a label that several columns bear is numbered. */
    static Map<String, WrittenCell> byColumn(WrittenLine line) {
        Map<String, WrittenCell> cells = new LinkedHashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (WrittenCell cell : line.cells()) {
            int number = numbers.merge(cell.column(), 1, Integer::sum);
            cells.put(number == 1 ? cell.column() : cell.column() + "\n" + number, cell);
        }
        return cells;
    }
}
