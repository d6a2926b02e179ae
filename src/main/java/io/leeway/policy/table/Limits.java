package io.leeway.policy.table;

import io.leeway.policy.PolicyFile;

/** How large a policy file may be. Beyond it nothing is read. */
final class Limits {
    static final int FILE_BYTES = PolicyFile.MOST_BYTES;
    static final int INFLATED_BYTES = 50 << 20;
    static final int ENTRIES = 200;
    static final int CELLS = 200_000;
    static final int MERGES = 2_000;
    static final int ROWS = 10_000;
    static final int COLUMNS = 1_000;
    static final int SHEETS = 100;
    /** Excel's own limit of characters in a cell. */
    static final int TEXT = 32_767;

    private Limits() {}
}
