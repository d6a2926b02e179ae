package io.leeway.policy.counterfactual;

import io.leeway.model.ActivityQuery;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Numbers;
import io.leeway.policy.Path;
import io.leeway.policy.PathValues;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.Row;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.counterfactual.Field.Choice;
import io.leeway.policy.counterfactual.Field.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a caller could change of a proposal, as far as the tables ask about it. Nothing can be left out that was sent, no
 * money moved where none was, no evidence be older than it is: those are no changes that a verdict should invite.
 */
final class Fields {
    private static final String AMOUNT = "action.amount";
    private static final int AMOUNT_PLACES = 6;
    private static final int AMOUNT_DIGITS = 18;

    private final PolicyTables tables;
    private final Proposal proposal;
    private final FieldNames names;
    private final Budget budget;
    private final List<Condition> asked = new ArrayList<>();

    private Fields(PolicyTables tables, Proposal proposal, List<Row> rows, FieldNames names, Budget budget) {
        this.tables = tables;
        this.proposal = proposal;
        this.names = names;
        this.budget = budget;
        rows.forEach(row -> asked.addAll(row.conditions()));
    }

    /**
     * Some of them may lack choices once the budget is spent.
     *
     * @param rows those that could still matter
     */
    static List<Field> of(PolicyTables tables, Proposal proposal, List<Row> rows, FieldNames names, Budget budget) {
        return new Fields(tables, proposal, rows, names, budget).all();
    }

    private List<Field> all() {
        Map<Path, List<Condition>> plain = new LinkedHashMap<>();
        Map<String, List<Condition>> evidence = new LinkedHashMap<>();
        boolean joint = false;
        for (Condition condition : asked) {
            String name = names.of(condition.path());
            if (FieldNames.JOINT.equals(name)) {
                joint = true;
            } else if (name != null
                    && (condition.path().text().startsWith("action.") || name.equals(FieldNames.AMOUNT))) {
                for (Condition direct : direct(condition)) {
                    plain.computeIfAbsent(direct.path(), path -> new ArrayList<>())
                            .add(direct);
                }
            } else if (name != null) {
                evidence.computeIfAbsent(evidenceOf(condition.path()), it -> new ArrayList<>())
                        .add(condition);
            }
        }
        if (joint) {
            known().forEach(name -> evidence.computeIfAbsent(name, it -> List.of()));
        }
        boolean several = joint;
        List<Field> fields = new ArrayList<>();
        plain.forEach((path, own) -> fields.add(plain(path, own)));
        evidence.forEach((name, own) -> fields.add(evidence(name, own, several)));
        fields.removeIf(field -> field.choices().isEmpty());
        return fields;
    }

    /** Evidence that was sent, or that any row knows: what counts where rows ask about all evidence. */
    private Set<String> known() {
        Set<String> known = new LinkedHashSet<>();
        proposal.evidence().items().forEach(item -> known.add(item.name()));
        for (Row row : tables.rows()) {
            for (Condition condition : row.conditions()) {
                String name = names.of(condition.path());
                if (name != null && name.startsWith("evidence ")) {
                    known.add(evidenceOf(condition.path()));
                }
            }
        }
        return known;
    }

    private static String evidenceOf(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return call == null ? "" : call.arguments().get(0);
    }

    /**
     * What a condition on something made of the amount comes to for the amount itself, in hundredths, on either side of it:
     * of a ratio, only the amount above the line is a caller's to change, and of money over time, only this amount.
     */
    private List<Condition> direct(Condition condition) {
        ActivityQuery activity = condition.path().activity();
        if (activity != null && condition.limit() instanceof BigDecimal limit) {
            BigDecimal left = limit.subtract(proposal.activity().of(activity).number());
            return List.of(new Condition(path(FieldNames.AMOUNT), condition.operator(), Numbers.normal(left), ""));
        }
        Vocabulary.Call call = Vocabulary.call(condition.path().text());
        if (call == null || !(condition.limit() instanceof BigDecimal limit) || !isMadeOfAmount(call)) {
            return List.of(condition);
        }
        BigDecimal amount = proposal.action().amount();
        BigDecimal one = call.name().equals("action.ratio")
                ? proposal.action().number(call.arguments().get(1))
                : condition.path().valueOf(proposal) instanceof BigDecimal converted
                                && amount != null
                                && amount.signum() > 0
                        ? amount.divide(converted, MathContext.DECIMAL128)
                        : null;
        if (one == null) {
            return List.of();
        }
        BigDecimal exact = limit.multiply(one);
        Path path = path(FieldNames.AMOUNT);
        return List.of(
                new Condition(path, condition.operator(), Numbers.normal(exact.setScale(2, RoundingMode.FLOOR)), ""),
                new Condition(path, condition.operator(), Numbers.normal(exact.setScale(2, RoundingMode.CEILING)), ""));
    }

    private static boolean isMadeOfAmount(Vocabulary.Call call) {
        return call.name().equals("action.amountIn") || call.name().equals("action.ratio");
    }

    private Field plain(Path path, List<Condition> conditions) {
        Object actual = path.valueOf(proposal);
        List<Map<TestInput, Object>> choices = new ArrayList<>();
        PathValues.around(path, conditions, tables).stream()
                .filter(value -> isPossible(path, actual, value))
                .sorted(Comparator.comparing(value -> distance(actual, value)))
                .forEach(value -> choices.add(Map.of(TestInput.of(path), value)));
        List<Condition> own = asked.stream()
                .filter(it -> path.text().equals(names.of(it.path())))
                .toList();
        return new Field(path.text(), kind(path), path, "", distinct(own, choices, false));
    }

    private static Kind kind(Path path) {
        return switch (path.text()) {
            case "action.amount" -> Kind.AMOUNT;
            case "action.confidence" -> Kind.CONFIDENCE;
            case "action.reversible" -> Kind.REVERSIBLE;
            default -> Kind.ATTRIBUTE;
        };
    }

    private static boolean isPossible(Path path, @Nullable Object actual, Object value) {
        if (!path.text().equals("action.amount")) {
            return true;
        }
        BigDecimal amount = (BigDecimal) value;
        return actual != null
                && amount.signum() >= 0
                && amount.scale() <= AMOUNT_PLACES
                && amount.precision() - amount.scale() <= AMOUNT_DIGITS;
    }

    private static BigDecimal distance(@Nullable Object actual, Object value) {
        return actual instanceof BigDecimal from && value instanceof BigDecimal to
                ? from.subtract(to).abs()
                : BigDecimal.ZERO;
    }

    /** @param joint whether some row asks about several pieces at once, so that every value may count */
    private Field evidence(String name, List<Condition> own, boolean joint) {
        return new Field(FieldNames.evidence(name), Kind.EVIDENCE, null, name, distinct(own, ages(name, own), joint));
    }

    /** Ages from the oldest that is possible, so that a change asks for no fresher evidence than it needs. */
    private List<Map<TestInput, Object>> ages(String name, List<Condition> own) {
        TreeSet<BigDecimal> ages = new TreeSet<>(Comparator.reverseOrder());
        Set<String> schemas = new LinkedHashSet<>();
        ages.add(BigDecimal.ZERO);
        for (Condition condition : own) {
            Path.EvidenceAge age = condition.path().evidenceAge();
            if (age != null) {
                around(ages, BigDecimal.valueOf(Duration.parse(age.limit()).toSeconds()));
            } else {
                PathValues.around(condition.path(), List.of(condition), tables)
                        .forEach(schema -> schemas.add((String) schema));
            }
        }
        asked.stream()
                .filter(it -> it.path().text().equals("evidence.oldestSeconds"))
                .forEach(it -> around(ages, (BigDecimal) it.limit()));
        BigDecimal known = Changes.age(proposal, name);
        BigDecimal oldest = known == null ? EvidenceSet.UNKNOWN_AGE : known;
        ages.add(oldest);
        ages.removeIf(
                age -> age.signum() < 0 || age.compareTo(oldest) > 0 || age.compareTo(EvidenceSet.UNKNOWN_AGE) >= 0);
        List<Map<TestInput, Object>> choices = new ArrayList<>();
        for (BigDecimal age : ages) {
            choices.add(Map.of(TestInput.ageSeconds(name), age));
            for (String schema : schemas) {
                choices.add(Map.of(TestInput.ageSeconds(name), age, schema(name), schema));
            }
        }
        return choices;
    }

    private static void around(Set<BigDecimal> ages, BigDecimal limit) {
        BigDecimal tick = new BigDecimal("0.000001");
        ages.addAll(List.of(limit, limit.subtract(tick), limit.add(tick)));
    }

    private static TestInput schema(String name) {
        return TestInput.of(path("evidence.schema(\"" + name + "\")"));
    }

    private static Path path(String text) {
        if (Vocabulary.parse(text) instanceof Vocabulary.Found found) {
            return found.path();
        }
        throw new IllegalArgumentException(text);
    }

    /**
     * Of choices under which all conditions on the field alone are the same, the first stands for the others.
     *
     * @param own the conditions on the field alone
     * @param all whether to keep the others nevertheless
     */
    private List<Choice> distinct(List<Condition> own, List<Map<TestInput, Object>> candidates, boolean all) {
        Set<BitSet> seen = new HashSet<>(Set.of(signature(own, proposal)));
        List<Choice> choices = new ArrayList<>();
        for (Map<TestInput, Object> facts : candidates) {
            if (!budget.spend(own.size() + 1L)) {
                break;
            }
            ProposalDraft draft = ProposalDraft.of(proposal);
            facts.forEach(draft::give);
            Proposal changed = draft.build(tables);
            if (seen.add(signature(own, changed)) || all) {
                choices.add(new Choice(facts, changed));
            }
        }
        return choices;
    }

    private static BitSet signature(List<Condition> conditions, Proposal proposal) {
        BitSet signature = new BitSet();
        for (int i = 0; i < conditions.size(); i++) {
            signature.set(i, conditions.get(i).holds(proposal));
        }
        return signature;
    }
}
