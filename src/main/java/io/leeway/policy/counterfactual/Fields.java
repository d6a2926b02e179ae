package io.leeway.policy.counterfactual;

import io.leeway.model.Action;
import io.leeway.model.Evidence;
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
    private final List<Condition> asked = new ArrayList<>();

    private Fields(PolicyTables tables, Proposal proposal, List<Row> rows) {
        this.tables = tables;
        this.proposal = proposal;
        rows.forEach(row -> asked.addAll(row.conditions()));
    }

    /** @param rows those that could still matter */
    static List<Field> of(PolicyTables tables, Proposal proposal, List<Row> rows) {
        return new Fields(tables, proposal, rows).all();
    }

    /** The field that the path reads; null for a path that no caller can change, {@code ""} for one that reads several. */
    static @Nullable String nameOf(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return switch (call == null ? "" : call.name()) {
            case "action.amount", "action.confidence", "action.reversible" -> path.text();
            case "action.text", "action.number", "action.flag" -> path.text();
            case "action.amountIn" -> AMOUNT;
            case "action.ratio" -> Vocabulary.partsOf(path).get(0).equals(Action.AMOUNT) ? AMOUNT : null;
            case "evidence.staleAfter", "evidence.schema" ->
                evidence(call == null ? "" : call.arguments().get(0));
            case "evidence.oldestSeconds", "evidence.count" -> "";
            default -> null;
        };
    }

    private static String evidence(String name) {
        return "evidence \"" + name + "\"";
    }

    private List<Field> all() {
        Map<Path, List<Condition>> plain = new LinkedHashMap<>();
        Set<String> evidence = new LinkedHashSet<>();
        for (Condition condition : asked) {
            Vocabulary.Call call = Vocabulary.call(condition.path().text());
            String name = nameOf(condition.path());
            if (name != null && call != null && call.name().startsWith("action.")) {
                for (Condition direct : direct(condition)) {
                    plain.computeIfAbsent(direct.path(), path -> new ArrayList<>())
                            .add(direct);
                }
            } else if (name != null && name.isEmpty()) {
                proposal.evidence().items().forEach(item -> evidence.add(item.name()));
            } else if (name != null && call != null) {
                evidence.add(call.arguments().get(0));
            }
        }
        List<Field> fields = new ArrayList<>();
        plain.forEach((path, conditions) -> fields.add(plain(path, conditions)));
        evidence.forEach(name -> fields.add(field(evidence(name), Kind.EVIDENCE, ages(name))));
        fields.removeIf(field -> field.choices().isEmpty());
        return fields;
    }

    /**
     * What a condition on something made of the amount comes to for the amount itself, in hundredths, on either side of it:
     * of a ratio, only the amount above the line is a caller's to change.
     */
    private List<Condition> direct(Condition condition) {
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
        Path path = path(AMOUNT);
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
        return field(path.text(), kind(path), choices);
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

    /** Ages from the oldest that is possible, so that a change asks for no fresher evidence than it needs. */
    private List<Map<TestInput, Object>> ages(String name) {
        TreeSet<BigDecimal> ages = new TreeSet<>(Comparator.reverseOrder());
        Set<String> schemas = new LinkedHashSet<>();
        ages.add(BigDecimal.ZERO);
        for (Condition condition : asked) {
            Path.EvidenceAge age = condition.path().evidenceAge();
            if (age != null && age.evidence().equals(name)) {
                around(ages, BigDecimal.valueOf(Duration.parse(age.limit()).toSeconds()));
            } else if (condition.path().text().equals("evidence.oldestSeconds")) {
                around(ages, (BigDecimal) condition.limit());
            } else if (condition.path().text().equals("evidence.schema(\"" + name + "\")")) {
                PathValues.around(condition.path(), List.of(condition), tables)
                        .forEach(schema -> schemas.add((String) schema));
            }
        }
        BigDecimal known = age(name);
        BigDecimal oldest = known == null ? EvidenceSet.UNKNOWN_AGE : known;
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

    /** How old the evidence of that name is, null when it is missing or undated. */
    private @Nullable BigDecimal age(String name) {
        BigDecimal oldest = null;
        for (Evidence item : proposal.evidence().items()) {
            if (item.name().equals(name)) {
                BigDecimal age = proposal.evidence().ageSeconds(item);
                oldest = oldest == null ? age : oldest.max(age);
            }
        }
        return oldest;
    }

    /** Of choices under which all conditions on the field alone are the same, the first stands for the others. */
    private Field field(String name, Kind kind, List<Map<TestInput, Object>> candidates) {
        boolean joint = kind == Kind.EVIDENCE && asked.stream().anyMatch(it -> "".equals(nameOf(it.path())));
        List<Condition> own =
                asked.stream().filter(it -> name.equals(nameOf(it.path()))).toList();
        Set<BitSet> seen = new HashSet<>(Set.of(signature(own, proposal)));
        List<Choice> choices = new ArrayList<>();
        for (Map<TestInput, Object> facts : candidates) {
            ProposalDraft draft = ProposalDraft.of(proposal);
            facts.forEach(draft::give);
            Proposal changed = draft.build(tables);
            if (seen.add(signature(own, changed)) || joint) {
                choices.add(new Choice(facts, changed));
            }
        }
        return new Field(name, kind, choices);
    }

    private static BitSet signature(List<Condition> conditions, Proposal proposal) {
        BitSet signature = new BitSet();
        for (int i = 0; i < conditions.size(); i++) {
            signature.set(i, conditions.get(i).holds(proposal));
        }
        return signature;
    }
}
