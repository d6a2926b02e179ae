package io.leeway.policy.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An id names one row in the whole version. */
final class UniqueIds {
    private UniqueIds() {}

    static void check(List<DraftTable> tables, Findings findings) {
        Map<String, Place> first = new HashMap<>();
        for (DraftTable table : tables) {
            for (DraftTable.DraftRow row : table.rows()) {
                Place earlier = row.id().isEmpty() ? null : first.putIfAbsent(row.id(), new Place(table, row));
                if (earlier != null) {
                    String message = "id `" + row.id() + "` is taken by " + earlier.described();
                    findings.report(FindingCode.REPEATED_ID, table.file(), table.sheet(), row.idCell(), message);
                }
            }
        }
    }

    private record Place(DraftTable table, DraftTable.DraftRow row) {
        String described() {
            return table.file() + (table.sheet() == null ? "" : " " + table.sheet()) + " " + row.idCell();
        }
    }
}
