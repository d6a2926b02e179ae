package io.leeway.policy.table;

import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
            if (other == null || !meaning(row).equals(meaning(other))) {
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

    private static Map<String, Object> meaning(Row row) {
        Map<String, Object> meaning = new HashMap<>();
        Set<Object> conditions = new HashSet<>();
        row.conditions().forEach(condition -> conditions.add(meaning(condition)));
        meaning.put("conditions", conditions);
        meaning.put("outcome", row.outcome());
        meaning.put("table", row.table());
        meaning.put("words", List.of(row.owner(), row.regulation(), row.ticket()));
        meaning.put("days", row.effective() + " " + row.expires());
        boolean dated = row.effective() != null || row.expires() != null;
        meaning.put("zone", dated ? row.zone() : "any");
        return meaning;
    }

    private static List<Object> meaning(Condition condition) {
        Object limit =
                condition.limit() instanceof List<?> list ? new HashSet<@Nullable Object>(list) : condition.limit();
        return List.of(condition.path(), condition.operator(), limit);
    }
}
