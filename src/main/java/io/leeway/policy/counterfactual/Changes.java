package io.leeway.policy.counterfactual;

import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Explanation;
import io.leeway.policy.Numbers;
import io.leeway.policy.Path;
import io.leeway.policy.Row;
import io.leeway.policy.TestInput;
import io.leeway.policy.counterfactual.Counterfactual.Cell;
import io.leeway.policy.counterfactual.Counterfactual.Change;
import io.leeway.policy.counterfactual.Counterfactual.Value;
import io.leeway.policy.explain.ConditionReading;
import io.leeway.policy.explain.Phrases;
import io.leeway.policy.explain.RowReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says the changes between two proposals, with the cells that make them count. */
final class Changes {
    private final FieldNames names;
    private final List<Row> rows;
    private final Mode mode;
    private final Proposal before;
    private final Proposal after;

    /**
     * @param rows those that could match
     * @param mode what the change gives
     */
    Changes(FieldNames names, List<Row> rows, Mode mode, Proposal before, Proposal after) {
        this.names = names;
        this.rows = rows;
        this.mode = mode;
        this.before = before;
        this.after = after;
    }

    Change of(Field field) {
        Path path = field.path();
        return path == null ? evidence(field) : plain(field, path);
    }

    private Change plain(Field field, Path path) {
        Object is = path.valueOf(before);
        Object would = path.valueOf(after);
        String words = "`" + path + "` were " + Phrases.value(path, would, before) + " instead of "
                + Phrases.value(path, is, before);
        Value value = new Value(path.text(), Explanation.text(is), String.valueOf(Explanation.text(would)));
        return new Change(field.name(), List.of(value), words, cells(field));
    }

    private Change evidence(Field field) {
        String name = field.evidence();
        BigDecimal is = age(before, name);
        BigDecimal would = Objects.requireNonNull(age(after, name), "a change leaves no evidence out");
        String schema = before.evidence().schema(name);
        String otherSchema = after.evidence().schema(name);
        List<Value> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        if (is == null || is.compareTo(would) != 0 || schema.equals(otherSchema)) {
            String path = TestInput.ageSeconds(name).text();
            values.add(new Value(
                    path,
                    is == null || is.compareTo(EvidenceSet.UNKNOWN_AGE) >= 0 ? null : seconds(is),
                    seconds(would)));
            words.add(is == null ? "were sent, " + old(would) : "were " + old(would) + " instead of " + old(is));
        }
        if (!schema.equals(otherSchema)) {
            String path = "evidence.schema(\"" + name + "\")";
            values.add(new Value(path, schema, otherSchema));
            words.add(
                    "had the schema `" + otherSchema + "`" + (schema.isEmpty() ? "" : " instead of `" + schema + "`"));
        }
        return new Change(field.name(), values, "evidence `" + name + "` " + String.join(" and ", words), cells(field));
    }

    private static String seconds(BigDecimal age) {
        return Numbers.normal(age).toPlainString();
    }

    private static String old(BigDecimal age) {
        return age.compareTo(EvidenceSet.UNKNOWN_AGE) < 0 ? Phrases.age(age) + " old" : "without a proper date";
    }

    /** How old the evidence of that name is at worst; null when it is missing. */
    static @Nullable BigDecimal age(Proposal proposal, String name) {
        BigDecimal oldest = null;
        for (Evidence item : proposal.evidence().items()) {
            if (item.name().equals(name)) {
                BigDecimal age = proposal.evidence().ageSeconds(item);
                oldest = oldest == null ? age : oldest.max(age);
            }
        }
        return oldest;
    }

    /** Conditions on the field that turn, in the rows through which the change counts. */
    private List<Cell> cells(Field field) {
        List<Cell> cells = new ArrayList<>();
        for (Row row : rows) {
            RowReading then = RowReading.of(row, before);
            RowReading now = RowReading.of(row, after);
            for (int i = 0; counts(then, now) && i < row.conditions().size(); i++) {
                Condition condition = row.conditions().get(i);
                ConditionReading reading = now.conditions().get(i);
                String name = names.of(condition.path());
                boolean own = field.name().equals(name) || (FieldNames.JOINT.equals(name) && field.isEvidence());
                if (own && reading.holds() != then.conditions().get(i).holds()) {
                    String asked = reading.holds() ? reading.asked() : "no longer " + reading.asked();
                    cells.add(new Cell(then.row().document() + " › " + condition.cell(), asked));
                }
            }
        }
        return cells.stream().distinct().toList();
    }

    /** Whether it is a grant that now gives the mode, or a safeguard that no longer asks for more. */
    private boolean counts(RowReading then, RowReading now) {
        Row row = now.row();
        return row.isAuthority()
                ? !then.matches() && now.matches() && row.outcome().mode().compareTo(mode) <= 0
                : then.matches() && !now.matches() && row.outcome().mode().compareTo(mode) > 0;
    }
}
