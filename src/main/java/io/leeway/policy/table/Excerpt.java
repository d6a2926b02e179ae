package io.leeway.policy.table;

import java.util.List;

/**
 * A row of a policy file as people see it, to show where something is.
 *
 * @param line the row's number, counted from 1
 * @param fields from left to right, at least one
 * @param found the index of the field that is meant
 */
public record Excerpt(int line, List<Field> fields, int found) {
    public Excerpt {
        fields = List.copyOf(fields);
    }

    /**
     * A cell.
     *
     * @param column its letters, {@code ""} for a line of DRL
     * @param label what stands over the column, {@code ""} for nothing
     * @param value {@code ""} when the cell is blank
     */
    public record Field(String column, String label, String value) {}
}
