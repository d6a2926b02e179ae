package io.leeway.policy.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A title names one table in a file. */
final class UniqueTitles {
    private UniqueTitles() {}

    static void check(List<DraftTable> tables, Findings findings) {
        Map<List<String>, DraftTable> first = new HashMap<>();
        for (DraftTable table : tables) {
            DraftTable earlier =
                    table.title().isEmpty() ? null : first.putIfAbsent(List.of(table.file(), table.title()), table);
            if (earlier != null) {
                String place = (earlier.sheet() == null ? "" : earlier.sheet() + " ") + earlier.titleCell();
                String message = "table `" + table.title() + "` stands at " + place + " already";
                findings.report(FindingCode.DUPLICATE_TABLE, table.file(), table.sheet(), table.titleCell(), message);
            }
        }
    }
}
