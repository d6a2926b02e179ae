package io.leeway.policy.compile;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.globalOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.drools.model.Global;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Model;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.functions.Function1;
import org.drools.model.impl.ModelImpl;
import org.jspecify.annotations.Nullable;

/**
 * Rows as rules of the executable model: one pattern on {@link Proposal} each.
 *
 * <p>Drools takes equal constraint ids for equal constraints, and equal index numbers for equal fields, without looking
 * further. So both are handed out here: one id for each path, operator and limit as a value (500 and 500.00 are one
 * limit), one number for each path.
 */
final class RowModel {
    /** Package of the table rules; DRL may not use it. */
    static final String PACKAGE = "io.leeway.rows";
    /** Name of the global that collects fired rows; DRL may declare only {@code verdict}. */
    static final String FIRED = "firedRows";

    /** Numbers below belong to the fields that compiled DRL indexes on the same type. */
    private static final int FIRST_INDEX = 1_000;
    /** A longer list stays one predicate instead of a rule for each of its texts. */
    private static final int LONGEST_SPLIT = 64;
    /** So few rules that ask for the same texts are quicker tested one by one than looked up by their other limits. */
    private static final int FEW = 32;

    private final Selectivity selectivity;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<List<Object>, Integer> crowds = new HashMap<>();
    private final Map<Object, String> ids = new HashMap<>();
    private final Map<Path, Integer> indexes = new HashMap<>();
    private final Map<Path, Function1<Proposal, Object>> readers = new HashMap<>();
    private final Global<FiredRows> fired = globalOf(FiredRows.class, PACKAGE, FIRED);
    private final ModelImpl model = new ModelImpl();

    private RowModel(List<Row> rows) {
        this.selectivity = Selectivity.of(rows);
    }

    /** A model of all rows; the rule of row {@code i} adds {@code i} to the global {@link #FIRED}. */
    static Model of(List<Row> rows) {
        RowModel building = new RowModel(rows);
        building.model.addGlobal(building.fired);
        for (int index = 0; index < rows.size(); index++) {
            building.addRow(index, rows.get(index));
        }
        building.drafts.forEach(building::addRule);
        return building.model;
    }

    private void addRow(int index, Row row) {
        List<Condition> conditions = selectivity.order(row.conditions());
        Condition lead = conditions.isEmpty() ? null : conditions.get(0);
        if (lead == null || lead.operator() != Operator.IN || textsOf(lead).size() > LONGEST_SPLIT) {
            draft(0, index, row, conditions);
            return;
        }
        // A text equals at most one of a list, so the rules of one list never fire together; and each can be hashed.
        int part = 0;
        for (String text : new LinkedHashSet<>(textsOf(lead))) {
            List<Condition> parts = new ArrayList<>(conditions);
            parts.set(0, new Condition(lead.path(), Operator.EQUAL, text, lead.cell()));
            draft(++part, index, row, parts);
        }
    }

    /** A rule to be, with its conditions in order: those on texts that can be hashed, then the others. */
    private record Draft(
            int part, int index, Row row, List<Condition> texts, List<Condition> others, List<Object> crowd) {}

    private void draft(int part, int index, Row row, List<Condition> conditions) {
        int split = 0;
        List<Object> crowd = new ArrayList<>();
        while (split < conditions.size() && isHashed(conditions.get(split))) {
            crowd.add(meaning(conditions.get(split)));
            split++;
        }
        crowds.merge(crowd, 1, Integer::sum);
        List<Condition> others = conditions.subList(split, conditions.size());
        drafts.add(new Draft(part, index, row, conditions.subList(0, split), others, crowd));
    }

    private void addRule(Draft draft) {
        Row row = draft.row();
        int index = draft.index();
        PatternDef<Proposal> pattern = pattern(declarationOf(Proposal.class, "$p"));
        for (Condition condition : draft.texts()) {
            pattern = constrain(pattern, condition);
        }
        boolean few = crowds.getOrDefault(draft.crowd(), 0) <= FEW;
        if (few && draft.others().size() > 1) {
            pattern = join(pattern, draft.others());
        } else {
            for (Condition condition : draft.others()) {
                pattern = constrain(pattern, condition);
            }
        }
        if (row.effective() != null || row.expires() != null) {
            pattern = pattern.expr(
                    idOf(new Life(row.effective(), row.expires(), row.zone())), p -> row.isLiveAt(p.now()));
        }
        String name = index + "." + draft.part() + " " + row.id();
        model.addRule(rule(PACKAGE, name).build(pattern, on(fired).execute(rows -> rows.add(index))));
    }

    /** All the conditions as one predicate. */
    private PatternDef<Proposal> join(PatternDef<Proposal> pattern, List<Condition> conditions) {
        List<Object> meanings = new ArrayList<>();
        for (Condition condition : conditions) {
            meanings.add(meaning(condition));
        }
        Condition[] all = conditions.toArray(Condition[]::new);
        return pattern.expr(idOf(meanings), proposal -> {
            for (Condition condition : all) {
                if (!condition.holds(proposal)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean isHashed(Condition condition) {
        return condition.operator() == Operator.EQUAL && condition.path().type() == PathType.TEXT;
    }

    private PatternDef<Proposal> constrain(PatternDef<Proposal> pattern, Condition condition) {
        Path path = condition.path();
        Operator operator = condition.operator();
        if (isHashed(condition)) {
            String text = (String) condition.limit();
            return pattern.expr(
                    idOf(condition),
                    condition::holds,
                    alphaIndexedBy(String.class, ConstraintType.EQUAL, indexOf(path), reader(path), text));
        }
        ConstraintType order = path.type() == PathType.NUMBER ? orderOf(operator) : null;
        if (order != null) {
            // An absent number has no key, and Drools' range index then lets nothing through.
            BigDecimal limit = ((BigDecimal) condition.limit()).stripTrailingZeros();
            return pattern.expr(
                    idOf(condition),
                    condition::holds,
                    alphaIndexedBy(BigDecimal.class, order, indexOf(path), reader(path), limit));
        }
        return pattern.expr(idOf(condition), condition::holds);
    }

    /** How a number is range-indexed; null for equality, which Drools would test with {@code equals}. */
    private static @Nullable ConstraintType orderOf(Operator operator) {
        return switch (operator) {
            case GREATER -> ConstraintType.GREATER_THAN;
            case AT_LEAST -> ConstraintType.GREATER_OR_EQUAL;
            case LESS -> ConstraintType.LESS_THAN;
            case AT_MOST -> ConstraintType.LESS_OR_EQUAL;
            default -> null;
        };
    }

    private int indexOf(Path path) {
        return indexes.computeIfAbsent(path, absent -> FIRST_INDEX + indexes.size());
    }

    /** The type argument is what the path's type promises; one reader for each path keeps Drools' field lists short. */
    @SuppressWarnings("unchecked")
    private <T> Function1<Proposal, T> reader(Path path) {
        return (Function1<Proposal, T>) readers.computeIfAbsent(path, absent -> absent::valueOf);
    }

    private String idOf(Condition condition) {
        return idOf(meaning(condition));
    }

    /** What is equal for equal conditions alone. */
    private static Object meaning(Condition condition) {
        Object limit = condition.limit() instanceof BigDecimal number ? number.stripTrailingZeros() : condition.limit();
        return List.of(condition.path(), condition.operator(), limit);
    }

    private String idOf(Object meaning) {
        return ids.computeIfAbsent(meaning, absent -> "leeway:" + ids.size());
    }

    @SuppressWarnings("unchecked")
    private static List<String> textsOf(Condition condition) {
        return (List<String>) condition.limit();
    }

    private record Life(
            @Nullable LocalDate effective, @Nullable LocalDate expires, ZoneId zone) {}
}
