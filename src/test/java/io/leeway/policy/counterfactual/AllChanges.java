package io.leeway.policy.counterfactual;

import io.leeway.model.Action;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tries every set of at most two fields, each with every value that any row could tell apart: slow and plain. */
final class AllChanges {
    /** Older than anything, and still within the reach of clocks; in seconds. */
    private static final BigDecimal CENTURIES = BigDecimal.valueOf(5_000_000_000L);

    private static final BigDecimal TICK = new BigDecimal("0.000001");

    private final PolicyTables tables;
    private final Proposal proposal;
    private final Map<String, List<UnaryOperator<Proposal>>> values = new LinkedHashMap<>();
    private final Map<Set<String>, Mode> best = new HashMap<>();

    AllChanges(PolicyTables tables, Proposal proposal) {
        this.tables = tables;
        this.proposal = proposal;
        fill();
        List<String> names = List.copyOf(values.keySet());
        for (String one : names) {
            for (String other : names) {
                best.computeIfAbsent(Set.copyOf(new HashSet<>(List.of(one, other))), set -> best(one, other));
            }
        }
    }

    /** RandomTables declares no actions, so no schema is asked for. */
    static Proposal withoutSchemas(Proposal proposal) {
        return with(proposal, proposal.evidence().items());
    }

    /** The least strict mode of every set. */
    Map<Set<String>, Mode> best() {
        return best;
    }

    /** The least strict mode that a proper part of the fields can reach, of at most two fields. */
    Mode bestWithin(Set<String> fields) {
        Mode least = mode(tables, proposal);
        for (Map.Entry<Set<String>, Mode> entry : best.entrySet()) {
            if (fields.containsAll(entry.getKey()) && entry.getKey().size() < fields.size()) {
                least = least.moreLenient(entry.getValue());
            }
        }
        return least;
    }

    /** In which fields the other proposal differs; all else must be equal. */
    Set<String> differing(Proposal other) {
        Set<String> fields = new HashSet<>();
        Action was = proposal.action();
        Action is = other.action();
        if (was.amount() != null && was.amount().compareTo(is.amount()) != 0) {
            fields.add("action.amount");
        }
        if (was.confidence().compareTo(is.confidence()) != 0) {
            fields.add("action.confidence");
        }
        if (!Objects.equals(was.reversible(), is.reversible())) {
            fields.add("action.reversible");
        }
        Stream.concat(was.attributes().values().keySet().stream(), is.attributes().values().keySet().stream())
                .filter(name -> !Objects.equals(
                        was.attributes().values().get(name),
                        is.attributes().values().get(name)))
                .forEach(name -> fields.add(attribute(name)));
        for (String name : List.of("charge.record", "contract")) {
            if (!named(proposal, name).equals(named(other, name))) {
                fields.add("evidence \"" + name + "\"");
            }
        }
        boolean rest = was.type().equals(is.type())
                && was.currency().equals(is.currency())
                && proposal.agent().equals(other.agent())
                && proposal.subject().equals(other.subject())
                && proposal.trace().equals(other.trace())
                && proposal.now().equals(other.now());
        return rest ? fields : Set.of("something that no caller can change");
    }

    private static String attribute(String name) {
        return switch (name) {
            case "days" -> "action.number(\"days\")";
            case "disputed" -> "action.flag(\"disputed\")";
            default -> "action.text(\"" + name + "\")";
        };
    }

    static Mode mode(PolicyTables tables, Proposal proposal) {
        Mode authority = Mode.HUMAN_IN_CONTROL;
        Mode least = proposal.agent().earned().cap();
        for (Row row : tables.rows()) {
            if (row.isLiveAt(proposal.now()) && row.conditions().stream().allMatch(it -> it.holds(proposal))) {
                if (row.outcome().effect() == Effect.GRANT) {
                    authority = authority.moreLenient(row.outcome().mode());
                } else {
                    least = least.stricter(row.outcome().mode());
                }
            }
        }
        return authority.stricter(least);
    }

    private Mode best(String one, String other) {
        Mode least = Mode.HUMAN_IN_CONTROL;
        for (UnaryOperator<Proposal> first : values.get(one)) {
            Proposal half = first.apply(proposal);
            for (UnaryOperator<Proposal> second :
                    one.equals(other) ? List.of(UnaryOperator.<Proposal>identity()) : values.get(other)) {
                least = least.moreLenient(mode(tables, second.apply(half)));
            }
        }
        return least;
    }

    private void fill() {
        List<Condition> conditions =
                tables.rows().stream().flatMap(row -> row.conditions().stream()).toList();
        Set<String> paths = conditions.stream().map(it -> it.path().text()).collect(Collectors.toSet());
        if (proposal.action().money() != null && paths.contains("action.amount")) {
            numbers(conditions, "action.amount").forEach(it -> put("action.amount", p -> amount(p, it)));
        }
        if (paths.contains("action.confidence")) {
            numbers(conditions, "action.confidence").stream()
                    .filter(it -> it.compareTo(BigDecimal.ONE) <= 0)
                    .forEach(it -> put("action.confidence", p -> confidence(p, it)));
        }
        if (paths.contains("action.reversible")) {
            List.of(true, false).forEach(it -> put("action.reversible", p -> reversible(p, it)));
        }
        attribute("action.number(\"days\")", "days", numbers(conditions, "action.number(\"days\")"), paths);
        attribute("action.flag(\"disputed\")", "disputed", List.of(true, false), paths);
        attribute("action.text(\"reason\")", "reason", texts(conditions, "action.text(\"reason\")"), paths);
        for (String name : List.of("charge.record", "contract")) {
            boolean asked = paths.stream().anyMatch(it -> it.startsWith("evidence") && it.contains('"' + name + '"'));
            boolean sent = !named(proposal, name).isEmpty() && paths.contains("evidence.oldestSeconds");
            if (asked || sent) {
                evidence(name, conditions);
            }
        }
    }

    private void attribute(String field, String name, Iterable<?> choices, Set<String> paths) {
        if (paths.contains(field)) {
            choices.forEach(value -> put(field, p -> attribute(p, name, value)));
        }
    }

    private void evidence(String name, List<Condition> conditions) {
        Set<BigDecimal> ages = new TreeSet<>(numbers(conditions, "evidence.oldestSeconds"));
        for (long limit : new long[] {0, 900, 3600, 86_400}) {
            ages.addAll(
                    List.of(BigDecimal.valueOf(limit), BigDecimal.valueOf(limit).add(TICK)));
        }
        BigDecimal oldest = named(proposal, name).stream()
                .map(proposal.evidence()::ageSeconds)
                .max(BigDecimal::compareTo)
                .orElse(EvidenceSet.UNKNOWN_AGE);
        ages.removeIf(age -> age.compareTo(oldest) > 0 || age.compareTo(CENTURIES) > 0);
        for (BigDecimal age : ages) {
            for (Object schema : texts(conditions, "evidence.schema(\"" + name + "\")")) {
                put("evidence \"" + name + "\"", p -> evidence(p, name, age, (String) schema));
            }
            put("evidence \"" + name + "\"", p -> evidence(p, name, age, ""));
        }
    }

    private void put(String field, UnaryOperator<Proposal> change) {
        values.computeIfAbsent(field, it -> new ArrayList<>()).add(change);
    }

    /** Every limit, the values beside it, and something between it and the next. */
    private static TreeSet<BigDecimal> numbers(List<Condition> conditions, String path) {
        TreeSet<BigDecimal> limits = new TreeSet<>(List.of(BigDecimal.ZERO, BigDecimal.ONE));
        conditions.stream()
                .filter(it -> it.path().text().equals(path))
                .forEach(it -> limits.add((BigDecimal) it.limit()));
        TreeSet<BigDecimal> numbers = new TreeSet<>(limits);
        for (BigDecimal limit : limits) {
            numbers.addAll(List.of(limit.subtract(TICK), limit.add(TICK), limit.add(BigDecimal.ONE)));
            BigDecimal next = limits.higher(limit);
            if (next != null) {
                numbers.add(limit.add(next).divide(BigDecimal.valueOf(2), 6, RoundingMode.FLOOR));
            }
        }
        numbers.removeIf(it -> it.signum() < 0);
        return numbers;
    }

    private static Set<Object> texts(List<Condition> conditions, String path) {
        Set<Object> texts = new HashSet<>(Set.of("zzz"));
        for (Condition condition : conditions) {
            if (condition.path().text().equals(path)) {
                if (condition.limit() instanceof List<?> list) {
                    texts.addAll(list);
                } else {
                    texts.addAll(List.of(condition.limit(), condition.limit() + "zzz"));
                }
            }
        }
        texts.remove("");
        return texts;
    }

    private static List<Evidence> named(Proposal proposal, String name) {
        return proposal.evidence().items().stream()
                .filter(item -> item.name().equals(name))
                .toList();
    }

    private static Proposal amount(Proposal p, BigDecimal value) {
        Action a = p.action();
        return with(p, new Money(value, a.currency()), a.statedConfidence(), a.reversible(), a.attributes());
    }

    private static Proposal confidence(Proposal p, BigDecimal value) {
        Action a = p.action();
        return with(p, a.money(), value, a.reversible(), a.attributes());
    }

    private static Proposal reversible(Proposal p, boolean value) {
        Action a = p.action();
        return with(p, a.money(), a.statedConfidence(), value, a.attributes());
    }

    private static Proposal attribute(Proposal p, String name, Object value) {
        Action a = p.action();
        Map<String, Object> attributes = new HashMap<>(a.attributes().values());
        attributes.put(name, value);
        return with(p, a.money(), a.statedConfidence(), a.reversible(), new Attributes(attributes));
    }

    private static Proposal evidence(Proposal p, String name, BigDecimal age, String schema) {
        List<Evidence> items = new ArrayList<>(p.evidence().items());
        items.removeIf(item -> item.name().equals(name));
        Duration old = Duration.ofNanos(age.movePointRight(9).longValueExact());
        items.add(new Evidence(name, "", p.now().minus(old), schema, List.of(), ""));
        return with(p, items);
    }

    private static Proposal with(
            Proposal p, Money money, BigDecimal confidence, Boolean reversible, Attributes attributes) {
        Action a = p.action();
        Action action =
                new Action(a.id(), a.type(), a.summary(), money, confidence, reversible, attributes, a.supersedes());
        return new Proposal(action, p.agent(), p.subject(), p.evidence(), p.trace());
    }

    private static Proposal with(Proposal p, List<Evidence> items) {
        return new Proposal(p.action(), p.agent(), p.subject(), new EvidenceSet(items, p.now(), Map.of()), p.trace());
    }
}
