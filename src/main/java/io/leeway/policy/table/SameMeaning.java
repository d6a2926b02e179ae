package io.leeway.policy.table;

import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether two readings of a version mean the same, wherever their rows stand. */
final class SameMeaning {
    private SameMeaning() {}

    /** What differs, row by row; empty when nothing does. */
    static List<String> differences(PolicyTables before, PolicyTables after) {
        List<String> differences = new ArrayList<>();
        Map<String, Row> rows = new HashMap<>();
        after.rows().forEach(row -> rows.put(row.id(), row));
        for (Row row : before.rows()) {
            Row other = rows.remove(row.id());
            if (other == null || !row.meaning().equals(other.meaning())) {
                differences.add(row.place() + ": row `" + row.id() + "` cannot be said in this layout");
            }
        }
        rows.keySet().forEach(id -> differences.add("row `" + id + "` was not there before"));
        if (!before.attributes().equals(after.attributes()) || !before.actions().equals(after.actions())) {
            differences.add("the `Vocabulary` and `Actions` sheets would not say the same");
        }
        if (!before.data().equals(after.data())) {
            differences.add("the `Calendars` and `Rates` sheets would not say the same");
        }
        return differences;
    }
}
