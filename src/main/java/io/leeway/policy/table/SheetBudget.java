package io.leeway.policy.table;

/** Counts what all sheets of a workbook hold together, and says when it is too much. */
final class SheetBudget {
    private int cells;
    private int rows;
    private int merges;

    void cell(int column) throws UnreadableFileException {
        if (column >= Limits.COLUMNS) {
            throw UnreadableFileException.tooLarge("more than `" + Limits.COLUMNS + "` columns");
        }
        if (++cells > Limits.CELLS) {
            throw UnreadableFileException.tooLarge("more than `" + Limits.CELLS + "` used cells");
        }
    }

    void row() throws UnreadableFileException {
        if (++rows > Limits.ROWS) {
            throw UnreadableFileException.tooLarge("more than `" + Limits.ROWS + "` used rows");
        }
    }

    void merge() throws UnreadableFileException {
        if (++merges > Limits.MERGES) {
            throw UnreadableFileException.tooLarge("more than `" + Limits.MERGES + "` merged areas");
        }
    }
}
