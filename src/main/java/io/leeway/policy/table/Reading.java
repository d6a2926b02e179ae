package io.leeway.policy.table;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the files of a version.
 *
 * @param tables null when any finding is an error
 * @param findings all of them, by file, sheet, row and column
 */
public record Reading(@Nullable PolicyTables tables, List<Finding> findings) {
    public Reading {
        findings = List.copyOf(findings);
    }
}
