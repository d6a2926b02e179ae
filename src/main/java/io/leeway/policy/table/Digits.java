package io.leeway.policy.table;

/** Whole numbers in the parts of a workbook, of which there may be one for every cell. */
final class Digits {
    private static final int MOST = 9;

    private Digits() {}

    /** The number from there to the end of the text, at most nine digits; -1 when it is none. */
    static int parse(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > MOST) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
