package io.leeway.policy.diff;

import java.util.List;

/**
 * How many lines a text lost and how many it got, as few as can be: the length of the shortest edit script (Myers, An O(ND)
 * difference algorithm and its variations, 1986).
 */
record LineCount(int removed, int added) {
    /** Beyond that many the search would take too long, and all lines between the common ones at both ends count. */
    private static final int MOST = 4_000;

    static LineCount of(List<String> before, List<String> after) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        return between(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
    }

    private static LineCount between(List<String> before, List<String> after) {
        int edits = edits(before, after);
        int more = after.size() - before.size();
        return edits < 0
                ? new LineCount(before.size(), after.size())
                : new LineCount((edits - more) / 2, (edits + more) / 2);
    }

    /** The fewest lines to remove and to add; -1 when they are more than {@link #MOST}. */
    private static int edits(List<String> before, List<String> after) {
        int most = Math.min(MOST, before.size() + after.size());
        // How far into the old text one gets on each diagonal (old place - new place) with so many edits.
        int[] reached = new int[2 * most + 3];
        int middle = most + 1;
        for (int edits = 0; edits <= most; edits++) {
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                boolean adds = diagonal == -edits
                        || diagonal != edits && reached[middle + diagonal - 1] < reached[middle + diagonal + 1];
                int old = adds ? reached[middle + diagonal + 1] : reached[middle + diagonal - 1] + 1;
                while (old < before.size()
                        && old - diagonal < after.size()
                        && before.get(old).equals(after.get(old - diagonal))) {
                    old++;
                }
                reached[middle + diagonal] = old;
                if (old >= before.size() && old - diagonal >= after.size()) {
                    return edits;
                }
            }
        }
        return -1;
    }
}
