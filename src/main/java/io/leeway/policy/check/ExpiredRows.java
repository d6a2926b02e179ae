package io.leeway.policy.check;

import java.time.LocalDate;
import java.util.List;

/** A row whose last day is past never speaks again. */
final class ExpiredRows {
    private ExpiredRows() {}

    static void check(List<DraftTable> tables, LocalDate today, Findings findings) {
        for (DraftTable table : tables) {
            for (DraftTable.DraftRow row : table.rows()) {
                DraftTable.Expiry expiry = row.expires();
                if (expiry != null && expiry.day().isBefore(today)) {
                    String message = "the row's last day `" + expiry.day() + "` is past";
                    findings.report(FindingCode.EXPIRED_ROW, table.file(), table.sheet(), expiry.cell(), message);
                }
            }
        }
    }
}
