package io.leeway.policy.counterfactual;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import io.leeway.policy.TestInput;
import io.leeway.policy.counterfactual.Counterfactual.Change;
import io.leeway.policy.counterfactual.Field.Choice;
import io.leeway.policy.explain.ConditionReading;
import io.leeway.policy.explain.Phrases;
import io.leeway.policy.explain.RowReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says a change in words, with the cells that make it count. */
final class Changes {
    private Changes() {}

    static Change of(Field field, Choice choice, List<Row> rows, Proposal before, Proposal after) {
        return new Change(
                field.name(), choice.facts(), words(field, choice, before), cells(field, rows, before, after));
    }

    private static String words(Field field, Choice choice, Proposal before) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<TestInput, Object> fact : choice.facts().entrySet()) {
            TestInput input = fact.getKey();
            Object value = fact.getValue();
            if (input.path() == null) {
                parts.add(0, "`" + input.arguments().get(0) + "` were " + Phrases.age((BigDecimal) value) + " old");
            } else if (field.kind() == Field.Kind.EVIDENCE) {
                parts.add("had the schema `" + value + "`");
            } else {
                parts.add("`" + input + "` were " + Phrases.value(input.path(), value, before) + " instead of "
                        + Phrases.value(input.path(), input.path().valueOf(before), before));
            }
        }
        return (field.kind() == Field.Kind.EVIDENCE ? "evidence " : "") + String.join(" and ", parts);
    }

    /** Conditions on the field that turn, in rows that match only before or only after. */
    private static List<String> cells(Field field, List<Row> rows, Proposal before, Proposal after) {
        List<String> cells = new ArrayList<>();
        for (Row row : rows) {
            RowReading then = RowReading.of(row, before);
            RowReading now = RowReading.of(row, after);
            for (int i = 0;
                    then.matches() != now.matches() && i < row.conditions().size();
                    i++) {
                Condition condition = row.conditions().get(i);
                ConditionReading reading = now.conditions().get(i);
                String name = Fields.nameOf(condition.path());
                boolean own = field.name().equals(name) || ("".equals(name) && field.kind() == Field.Kind.EVIDENCE);
                if (own && reading.holds() != then.conditions().get(i).holds()) {
                    cells.add(row.file() + (row.sheet() == null ? "" : " › " + row.sheet()) + " › " + condition.cell()
                            + ": " + reading.asked());
                }
            }
        }
        return cells.stream().distinct().toList();
    }
}
