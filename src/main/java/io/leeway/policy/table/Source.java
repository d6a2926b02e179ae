package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import io.leeway.policy.check.Findings;
import org.jspecify.annotations.Nullable;

/**
 * Where a sheet stands, and where its findings go.
 *
 * @param sheet null for csv
 * @param sha256 of the file
 */
record Source(String file, @Nullable String sheet, String sha256, Findings findings) {
    /** Reports something about a cell, counted from 0. */
    void report(FindingCode code, int row, int column, String message) {
        findings.report(code, file, sheet, Address.text(row, column), message);
    }

    /** Reports something about the whole sheet. */
    void report(FindingCode code, String message) {
        findings.report(code, file, sheet, null, message);
    }
}
