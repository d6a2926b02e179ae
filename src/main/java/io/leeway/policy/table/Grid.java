package io.leeway.policy.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of values on their way into a file.
 *
 * @param name of the sheet
 * @param word what a CSV file must begin with to be known, {@code ""} when its lines say so themselves
 */
record Grid(String name, String word, List<List<@Nullable Object>> lines) {
    /** What the Drools layout writes over each condition; in a workbook it is merged. */
    static final String OBJECT = "$p : Proposal...";

    Grid(String name, String word) {
        this(name, word, new ArrayList<>());
    }

    void line(@Nullable Object... values) {
        lines.add(new ArrayList<>(Arrays.asList(values)));
    }

    void line(List<? extends @Nullable Object> values) {
        lines.add(new ArrayList<>(values));
    }
}
