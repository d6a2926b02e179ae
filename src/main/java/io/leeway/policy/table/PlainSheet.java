package io.leeway.policy.table;

import io.leeway.policy.ReferenceData;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.DraftTable;
import io.leeway.policy.check.FindingCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads a plain sheet: title, keys, then tables that begin with {@code May act} or {@code Needs at least}. */
final class PlainSheet {
    private static final List<String> DROOLS = List.of("RuleSet", "RuleTable");

    private PlainSheet() {}

    /** Whether a table of a plain sheet begins somewhere, and the sheet is none of the Drools layout. */
    static boolean isOne(Sheet sheet) {
        boolean drools = false;
        boolean plain = false;
        for (int row : sheet.rows().keySet()) {
            String text = sheet.firstText(row);
            drools |= DROOLS.contains(text.split("\\s", 2)[0]);
            plain |= PlainTableReader.isTitle(text);
        }
        return plain && !drools;
    }

    /** Whether something in the sheet nearly begins a table. */
    static boolean isNearlyOne(Sheet sheet) {
        return sheet.rows().keySet().stream().anyMatch(row -> isNear(sheet.firstText(row)));
    }

    private static boolean isNear(String text) {
        String[] words = text.split("\\s+", 4);
        String two = words.length < 2 ? text : words[0] + " " + words[1];
        String three = words.length < 3 ? text : two + " " + words[2];
        return Suggestion.isNear(two, "May act") || Suggestion.isNear(three, "Needs at least");
    }

    static List<DraftTable> read(
            Sheet sheet,
            Source source,
            CellReader cells,
            LocalDate today,
            ColumnLabels labels,
            NamedLists lists,
            ReferenceData data) {
        List<Integer> titles = titles(sheet);
        int end = titles.isEmpty() ? Address.ROWS : titles.get(0);
        Head head = new HeadReader(sheet, source, cells, today, true).read(end);
        checkSight(sheet, source, end);
        PlainTableReader reader = new PlainTableReader(sheet, source, cells, head, labels, lists, data);
        List<DraftTable> tables = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int next = i + 1 < titles.size() ? titles.get(i + 1) : Address.ROWS;
            tables.add(reader.read(titles.get(i), sheet.rows().lowerKey(next)));
        }
        return tables;
    }

    /** The rows in which tables begin. */
    static List<Integer> titles(Sheet sheet) {
        return sheet.rows().keySet().stream()
                .filter(row -> PlainTableReader.isTitle(sheet.firstText(row)))
                .toList();
    }

    /** Nothing may be hidden, and nothing merged but across a line that holds nothing else. */
    private static void checkSight(Sheet sheet, Source source, int firstTitle) {
        for (int row : sheet.rows().keySet()) {
            if (sheet.hiddenRows().get(row)) {
                boolean filtered = sheet.filters().stream().anyMatch(it -> row > it.firstRow() && row <= it.lastRow());
                String message = "row `" + (row + 1) + "` is hidden" + (filtered ? " by a filter" : "");
                source.report(FindingCode.HIDDEN_ROW, row, sheet.row(row).first(), message);
            }
        }
        for (Area area : sheet.merged()) {
            boolean line = area.firstRow() == area.lastRow()
                    && sheet.row(area.firstRow()).size() <= 1;
            if (!line && area.lastRow() > firstTitle) {
                source.report(
                        FindingCode.MERGED_DATA,
                        area.firstRow(),
                        area.firstColumn(),
                        "merged cells `" + Address.text(area.firstRow(), area.firstColumn()) + ":"
                                + Address.text(area.lastRow(), area.lastColumn()) + "` among the data");
            }
        }
    }
}
