package io.leeway.policy.table;

import org.jspecify.annotations.Nullable;

/** A cell's place, both counted from 0. */
record Address(int row, int column) implements Comparable<Address> {
    static final int ROWS = 1 << 20;
    static final int COLUMNS = 1 << 14;

    /** By row, then by column. */
    @Override
    public int compareTo(Address other) {
        return row == other.row ? Integer.compare(column, other.column) : Integer.compare(row, other.row);
    }

    /** {@code C12}. */
    static String text(int row, int column) {
        return letters(column) + (row + 1);
    }

    /** {@code A12:F12}. */
    static String range(int row, int first, int last) {
        return text(row, first) + ":" + text(row, last);
    }

    /** {@code C}. */
    static String letters(int column) {
        if (column < 26) {
            return String.valueOf((char) ('A' + column));
        }
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.toString();
    }

    /** Reads {@code C12} or {@code $C$12}, null when it is none or lies outside of a sheet. */
    static @Nullable Address parse(String text) {
        String plain = text.indexOf('$') < 0 ? text : text.replace("$", "");
        int at = 0;
        int column = 0;
        while (at < plain.length() && at < 4 && plain.charAt(at) >= 'A' && plain.charAt(at) <= 'Z') {
            column = column * 26 + (plain.charAt(at) - 'A' + 1);
            at++;
        }
        int row = Digits.parse(plain, at);
        return column == 0 || column > COLUMNS || row < 1 || row > ROWS ? null : new Address(row - 1, column - 1);
    }
}
