package io.leeway.policy.compile;

import io.leeway.policy.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Indexes of the rows that fired in one session; the consequence of every table rule adds its row here. */
final class FiredRows {
    private int[] indexes = new int[16];
    private int size;

    void add(int index) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, size * 2);
        }
        indexes[size++] = index;
    }

    /** The fired rows in the order of {@code rows}, so that firing order does not show. */
    List<Row> in(List<Row> rows) {
        if (size == 0) {
            return List.of();
        }
        Arrays.sort(indexes, 0, size);
        List<Row> fired = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            fired.add(rows.get(indexes[i]));
        }
        return fired;
    }
}
