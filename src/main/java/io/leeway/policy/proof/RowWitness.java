package io.leeway.policy.proof;

import io.leeway.model.Action;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PathValues;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes up facts under which a row matches, and everything that the row does not ask about is in order. */
final class RowWitness {
    private final PolicyTables tables;
    private final Row row;
    private final Map<TestInput, Object> facts = new LinkedHashMap<>();

    private RowWitness(PolicyTables tables, Row row) {
        this.tables = tables;
        this.row = row;
    }

    /**
     * The facts; whether the row really matches under them is for the engine to say.
     *
     * @param now the moment, unless the row does not count then
     * @return null when conditions of the row exclude each other
     */
    static @Nullable Map<TestInput, Object> of(PolicyTables tables, Row row, Instant now) {
        RowWitness witness = new RowWitness(tables, row);
        if (!witness.satisfy(row)) {
            return null;
        }
        witness.grant();
        witness.moment(now);
        witness.actionType();
        witness.rest();
        return witness.facts;
    }

    /** Makes the row's conditions hold beside what is given already; gives nothing when they exclude each other. */
    private boolean satisfy(Row wanted) {
        Map<Path, List<Condition>> byPath = new LinkedHashMap<>();
        for (Condition condition : wanted.conditions()) {
            byPath.computeIfAbsent(condition.path(), path -> new ArrayList<>()).add(condition);
        }
        Map<TestInput, Object> more = new LinkedHashMap<>();
        for (Map.Entry<Path, List<Condition>> entry : byPath.entrySet()) {
            Object value = value(entry.getKey(), entry.getValue());
            if (value == null) {
                return false;
            }
            give(more, entry.getKey(), value);
        }
        if (more.entrySet().stream().anyMatch(fact -> contradicts(fact.getKey(), fact.getValue()))) {
            return false;
        }
        more.forEach(facts::putIfAbsent);
        return true;
    }

    private @Nullable Object value(Path path, List<Condition> conditions) {
        Object given = facts.get(TestInput.of(path));
        Collection<Object> candidates = given == null ? PathValues.around(path, conditions, tables) : List.of(given);
        return candidates.stream()
                .filter(candidate -> conditions.stream().allMatch(it -> it.accepts(candidate)))
                .findFirst()
                .orElse(null);
    }

    private boolean contradicts(TestInput input, Object value) {
        Object given = facts.get(input);
        return given != null && !given.equals(value);
    }

    /** Of ages, the age itself is given, so that a line says how old the evidence is. */
    private static void give(Map<TestInput, Object> facts, Path path, Object value) {
        Path.EvidenceAge age = path.evidenceAge();
        if (age == null) {
            facts.put(TestInput.of(path), value);
            return;
        }
        BigDecimal limit = BigDecimal.valueOf(Duration.parse(age.limit()).toSeconds());
        BigDecimal seconds = Objects.equals(value, true) ? limit.add(BigDecimal.ONE) : BigDecimal.ZERO;
        facts.merge(
                TestInput.ageSeconds(age.evidence()),
                seconds,
                (one, other) -> ((BigDecimal) one).max((BigDecimal) other));
    }

    /** A safeguard shows only where something is granted: under the most lenient grant that leaves room for it. */
    private void grant() {
        if (row.isAuthority()) {
            return;
        }
        List<Row> grants = tables.rows().stream()
                .filter(Row::isAuthority)
                .sorted(Comparator.comparing(grant -> grant.outcome().mode()))
                .toList();
        for (Row grant : grants) {
            if (satisfy(grant)) {
                return;
            }
        }
    }

    private void moment(Instant now) {
        LocalDate day = row.effective() != null ? row.effective() : row.expires();
        if (!row.isLiveAt(now) && day != null) {
            facts.put(TestInput.NOW, day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
        }
    }

    /** What the action type asks for, and money where the row or the type wants it. */
    private void actionType() {
        if (!tables.actions().isEmpty()) {
            facts.putIfAbsent(
                    input("action.type"),
                    tables.actions().keySet().stream().sorted().toList().get(0));
        }
        ActionType type = tables.actions().get(String.valueOf(facts.get(input("action.type"))));
        boolean money = facts.containsKey(input("action.amount")) || facts.containsKey(input("action.currency"));
        if (money || derivesAmount() || (type != null && type.amount() == AmountRule.REQUIRED)) {
            facts.putIfAbsent(input("action.currency"), currency());
            if (!derivesAmount()) {
                facts.putIfAbsent(input("action.amount"), BigDecimal.ONE);
            }
        }
        if (type != null) {
            type.evidence().keySet().stream()
                    .sorted()
                    .forEach(name -> facts.putIfAbsent(TestInput.ageSeconds(name), BigDecimal.ZERO));
            required("action.", type.actionAttributes());
            required(Vocabulary.SUBJECT, type.subjectAttributes());
        }
    }

    /** Whether the amount follows from a ratio of it, or from what it is in another currency. */
    private boolean derivesAmount() {
        return facts.keySet().stream()
                .anyMatch(it -> it.name().equals("action.amountIn")
                        || it.name().equals("action.ratio")
                                && it.arguments().get(0).equals(Action.AMOUNT));
    }

    private void required(String object, Map<String, Boolean> attributes) {
        attributes.forEach((name, required) -> {
            AttributeType declared = tables.attributes().get(name);
            if (required && declared != null) {
                attribute(object, declared);
            }
        });
    }

    private void attribute(String object, AttributeType declared) {
        PathType type = declared.type();
        TestInput input = input(object + type.name().toLowerCase(Locale.ROOT) + "(\"" + declared.name() + "\")");
        Object value = switch (type) {
            case TEXT ->
                declared.allowed().isEmpty() ? "text" : declared.allowed().get(0);
            case NUMBER -> BigDecimal.ONE;
            case FLAG -> false;
        };
        facts.putIfAbsent(input, value);
    }

    private String currency() {
        AttributeType declared = tables.attributes().get("action.currency");
        for (TestInput input : facts.keySet()) {
            // In the currency that is asked for, every amount can be had.
            String asked =
                    input.name().equals("action.amountIn") ? input.arguments().get(0) : "";
            if (!asked.isEmpty()
                    && (declared == null
                            || declared.allowed().isEmpty()
                            || declared.allowed().contains(asked))) {
                return asked;
            }
        }
        return declared == null || declared.allowed().isEmpty()
                ? "USD"
                : declared.allowed().get(0);
    }

    /** Sure, reversible and on fresh evidence, so that the row's own limits show in the mode. */
    private void rest() {
        for (Row other : tables.rows()) {
            for (Condition condition : other.conditions()) {
                Path.EvidenceAge age = condition.path().evidenceAge();
                if (age != null) {
                    facts.putIfAbsent(TestInput.ageSeconds(age.evidence()), BigDecimal.ZERO);
                } else if (condition.path().text().equals("action.confidence")) {
                    facts.putIfAbsent(input("action.confidence"), BigDecimal.ONE);
                } else if (condition.path().text().equals("action.reversible")) {
                    facts.putIfAbsent(input("action.reversible"), true);
                }
            }
        }
    }

    private static TestInput input(String text) {
        if (Vocabulary.parse(text) instanceof Vocabulary.Found found) {
            return TestInput.of(found.path());
        }
        throw new IllegalArgumentException(text);
    }
}
