package io.leeway.policy.analysis;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random small tables over a few axes, and every proposal there is along these axes, up to values that no limit can tell
 * apart. Made from plain values: nothing of the analysis is used. Everything follows from the seed.
 */
final class SmallWorld {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 10);
    private static final int MOST_PROPOSALS = 12_000;

    /** What a proposal is made from. */
    private static final class Draft implements Cloneable {
        String type = "t.a";

        @Nullable
        Money money = new Money(BigDecimal.ONE, "USD");

        BigDecimal confidence = BigDecimal.ONE;

        @Nullable
        Boolean reversible = true;

        Map<String, Object> attributes = Map.of();
        Stage stage = Stage.FULL;
        List<Evidence> evidence = List.of();
        int repeats;
        int day = 2;

        @Override
        public Draft clone() {
            try {
                return (Draft) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private interface Setting {
        void apply(Draft draft);
    }

    private record Axis(List<Setting> settings, List<String> paths) {}

    /** Half a step from every limit, so that it lies in the next class. */
    static final Map<String, BigDecimal> HALF_STEPS = Map.of(
            "action.amount",
            new BigDecimal("0.5"),
            "action.number(\"days\")",
            new BigDecimal("0.5"),
            "action.confidence",
            new BigDecimal("0.25"),
            "evidence.oldestSeconds",
            BigDecimal.ONE,
            "trace.repeats",
            BigDecimal.ONE,
            "evidence.count",
            BigDecimal.ONE);

    private final Random random;
    private final List<Axis> axes = new ArrayList<>();
    private final PolicyTables tables;
    private final boolean withDays;

    SmallWorld(long seed) {
        random = new Random(seed);
        List<Axis> all = new ArrayList<>(
                List.of(money(), evidence(), reversible(), confidence(), days(), kind(), urgent(), stage(), repeats()));
        axes.add(types());
        int size = axes.get(0).settings().size();
        while (!all.isEmpty() && axes.size() < 5) {
            Axis axis = all.remove(random.nextInt(all.size()));
            if (size * axis.settings().size() <= MOST_PROPOSALS) {
                axes.add(axis);
                size *= axis.settings().size();
            }
        }
        withDays = size * 5 <= MOST_PROPOSALS && random.nextInt(3) == 0;
        boolean declared = random.nextBoolean();
        List<Row> rows = new ArrayList<>();
        int count = 2 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            rows.add(row(i, rows));
        }
        List<Guarantee> guarantees = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            guarantees.add(guarantee(i));
        }
        tables = new PolicyTables(
                rows, declared ? attributes() : Map.of(), declared ? actions() : Map.of(), List.of(), guarantees);
    }

    PolicyTables tables() {
        return tables;
    }

    /** The same tables with a few rows left out, added, or made to do something else. */
    PolicyTables changed() {
        List<Row> rows = new ArrayList<>(tables.rows());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(rows.size());
            switch (random.nextInt(4)) {
                case 0 -> rows.add(row(100 + i, rows));
                case 1 -> rows.set(at, row(at, rows));
                case 2 -> rows.set(at, acting(rows.get(at)));
                default -> {
                    if (rows.size() > 1) {
                        rows.remove(at);
                    }
                }
            }
        }
        Map<String, ActionType> actions = new HashMap<>(tables.actions());
        Map<String, AttributeType> attributes = new HashMap<>(tables.attributes());
        if (!actions.isEmpty() && random.nextInt(4) == 0) {
            actions.remove(pick(List.of("t.a", "t.b", "u")));
        }
        if (!attributes.isEmpty() && hasMoney() && random.nextInt(4) == 0) {
            attributes.put(
                    "action.currency",
                    new AttributeType("action.currency", PathType.TEXT, "", List.of(pick(List.of("USD", "EUR"))), ""));
        }
        return new PolicyTables(rows, attributes, actions);
    }

    private Row acting(Row row) {
        return new Row(
                row.id(),
                row.file(),
                row.sheet(),
                row.number(),
                row.range(),
                row.sha256(),
                row.table(),
                row.owner(),
                row.regulation(),
                row.ticket(),
                row.conditions(),
                outcome(row.isAuthority()),
                row.effective(),
                row.expires());
    }

    /** Every proposal that the version does not refuse, of known types and listed currencies. */
    List<Proposal> proposals() {
        return everyProposal().stream().filter(it -> allows(tables, it)).toList();
    }

    /** Those that it refuses, too. */
    List<Proposal> everyProposal() {
        List<Draft> drafts = new ArrayList<>(List.of(new Draft()));
        List<Axis> all = new ArrayList<>(axes);
        if (withDays) {
            List<Setting> settings = new ArrayList<>();
            for (int day = 0; day < 5; day++) {
                int one = day;
                settings.add(draft -> draft.day = one);
            }
            all.add(new Axis(settings, List.of()));
        }
        for (Axis axis : all) {
            List<Draft> next = new ArrayList<>();
            for (Draft draft : drafts) {
                for (Setting setting : axis.settings()) {
                    Draft copy = draft.clone();
                    setting.apply(copy);
                    next.add(copy);
                }
            }
            drafts = next;
        }
        return drafts.stream()
                .map(this::proposal)
                .filter(it -> allows(tables, it))
                .toList();
    }

    static boolean allows(PolicyTables tables, Proposal proposal) {
        return tables.unlisted(proposal) == null
                && ProposalCheck.violations(tables, proposal).isEmpty();
    }

    private Proposal proposal(Draft draft) {
        Instant now = FIRST.plusDays(draft.day).atTime(9, 0).toInstant(ZoneOffset.UTC);
        ActionType declared = tables.actions().get(draft.type);
        Map<String, String> schemas = new HashMap<>(declared == null ? Map.of() : declared.evidence());
        schemas.values().removeIf(String::isEmpty);
        Action action = new Action(
                "a",
                draft.type,
                "",
                draft.money,
                draft.confidence,
                draft.reversible,
                new Attributes(draft.attributes),
                "");
        List<Evidence> evidence = draft.evidence.stream()
                .map(it -> new Evidence(
                        it.name(),
                        "",
                        now.minus(Duration.between(Instant.EPOCH, it.observedAt())),
                        it.schema(),
                        List.of(),
                        ""))
                .toList();
        return new Proposal(
                        action,
                        new Agent("agent", "", "", Stage.SUPERVISED),
                        new Subject("invoice", "i"),
                        EvidenceSet.asSent(evidence),
                        Trace.NONE)
                .at(now, draft.stage, schemas, 0, draft.repeats);
    }

    private static Map<String, AttributeType> attributes() {
        return Map.of(
                "action.currency",
                new AttributeType("action.currency", PathType.TEXT, "", List.of("USD", "EUR"), ""),
                "kind",
                new AttributeType("kind", PathType.TEXT, "", List.of("x", "xz"), ""),
                "days",
                new AttributeType("days", PathType.NUMBER, "", List.of(), ""),
                "urgent",
                new AttributeType("urgent", PathType.FLAG, "", List.of(), ""));
    }

    /** Required only what an axis sets. */
    private Map<String, ActionType> actions() {
        boolean hasKind = axes.stream().anyMatch(it -> it.paths().contains("action.text(\"kind\")"));
        boolean hasEvidence = axes.stream().anyMatch(it -> it.paths().contains("evidence.count"));
        return Map.of(
                "t.a",
                new ActionType("t.a", "", AmountRule.REQUIRED, Map.of(), Map.of("kind", hasKind, "days", false)),
                "t.b",
                new ActionType(
                        "t.b",
                        "",
                        hasMoney() ? AmountRule.FORBIDDEN : AmountRule.OPTIONAL,
                        Map.of(),
                        Map.of("urgent", false)),
                "u",
                new ActionType(
                        "u",
                        "",
                        AmountRule.OPTIONAL,
                        hasEvidence ? Map.of("c", "v1") : Map.of(),
                        Map.of("kind", false, "days", false, "urgent", false)));
    }

    private boolean hasMoney() {
        return axes.stream().anyMatch(it -> it.paths().contains("action.amount"));
    }

    private Guarantee guarantee(int index) {
        List<Condition> conditions = new ArrayList<>();
        for (Axis axis : axes) {
            if (random.nextInt(3) == 0) {
                condition(pick(axis.paths()), "B" + index, conditions);
            }
        }
        Bound bound = pick(List.of(Bound.values()));
        return new Guarantee(
                "GUA-" + index, "small.csv", null, index, "A" + index, conditions, bound, "C" + index, "", "");
    }

    private Row row(int index, List<Row> earlier) {
        List<Condition> conditions = new ArrayList<>();
        if (!earlier.isEmpty() && random.nextInt(8) == 0) {
            conditions.addAll(earlier.get(random.nextInt(earlier.size())).conditions());
        } else {
            for (Axis axis : axes) {
                if (random.nextInt(5) > 1) {
                    condition(pick(axis.paths()), "C" + (index + 6), conditions);
                    if (random.nextInt(5) == 0) {
                        condition(pick(axis.paths()), "D" + (index + 6), conditions);
                    }
                }
            }
        }
        boolean grant = random.nextBoolean();
        Integer first = withDays && random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null;
        Integer last = withDays && random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null;
        String range = "A" + (index + 6) + ":Z" + (index + 6);
        return new Row(
                "R-" + index,
                "small.csv",
                null,
                index + 6,
                range,
                "00",
                grant ? "Remit" : "Safeguards",
                "owner@example.com",
                "",
                "",
                conditions,
                outcome(grant),
                first == null ? null : FIRST.plusDays(first),
                last == null ? null : FIRST.plusDays(last));
    }

    private Row.Outcome outcome(boolean grant) {
        boolean prohibits = !grant && random.nextInt(6) == 0;
        Mode mode = prohibits ? Mode.HUMAN_IN_CONTROL : pick(List.of(Mode.values()));
        List<Obligation> owed = random.nextInt(5) > 0
                ? List.of()
                : List.of(pick(List.of(new Obligation("notify", "ops"), new Obligation("sample", "0.1"))));
        return new Row.Outcome(
                grant ? Effect.GRANT : prohibits ? Effect.PROHIBIT : Effect.REQUIRE,
                mode,
                "Because.",
                random.nextInt(5) == 0 ? new ApprovalRequirement("leads", 1 + random.nextInt(2)) : null,
                owed,
                random.nextInt(6) == 0 ? Duration.ofMinutes(15L * (1 + random.nextInt(2))) : null);
    }

    private void condition(String text, String cell, List<Condition> conditions) {
        Path path = ((Vocabulary.Found) Vocabulary.parse(text)).path();
        switch (path.type()) {
            case FLAG -> conditions.add(new Condition(path, Operator.EQUAL, random.nextInt(3) > 0, cell));
            case TEXT -> conditions.add(text(path, cell));
            case NUMBER -> {
                List<Operator> operators = List.of(
                        Operator.GREATER,
                        Operator.AT_LEAST,
                        Operator.LESS,
                        Operator.AT_MOST,
                        Operator.LESS,
                        Operator.GREATER,
                        Operator.EQUAL,
                        Operator.NOT_EQUAL);
                conditions.add(new Condition(path, pick(operators), limit(text), cell));
            }
        }
    }

    private BigDecimal limit(String path) {
        return new BigDecimal(
                switch (path) {
                    case "action.confidence" -> pick(List.of("0", "0.5", "1.0"));
                    case "evidence.oldestSeconds" -> pick(List.of("900", "3600"));
                    case "evidence.count" -> pick(List.of("0", "1"));
                    default -> pick(List.of("1", "2.0", "3"));
                });
    }

    private Condition text(Path path, String cell) {
        List<String> pool = switch (path.text()) {
            case "action.type" -> List.of("t.a", "t.b", "u", "t.");
            case "action.currency" -> List.of("USD", "EUR");
            case "agent.stage" -> List.of("SHADOW", "SUPERVISED", "LIMITED", "FULL");
            case "action.text(\"kind\")" -> List.of("x", "xz");
            default -> List.of("v1", "v2");
        };
        String value = pick(pool);
        return switch (random.nextInt(6)) {
            case 3 -> new Condition(path, Operator.NOT_IN, List.of(value, pick(pool)), cell);
            case 0 -> new Condition(path, Operator.NOT_EQUAL, value, cell);
            case 1 -> new Condition(path, Operator.STARTS_WITH, value.substring(0, 1), cell);
            case 2 -> new Condition(path, Operator.IN, List.of(value, pick(pool)), cell);
            default -> new Condition(path, Operator.EQUAL, value, cell);
        };
    }

    private static Axis types() {
        // Others begin like those that rows mention, or like none.
        return new Axis(
                List.of("t.a", "t.b", "u", "t.", "t.z", "uz", "q").stream()
                        .<Setting>map(it -> draft -> draft.type = it)
                        .toList(),
                List.of("action.type"));
    }

    private static Axis money() {
        List<Setting> settings = new ArrayList<>();
        settings.add(draft -> draft.money = null);
        for (String currency : List.of("USD", "EUR", "UZZ", "EZZ", "ZZZ")) {
            for (String amount : List.of("0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5")) {
                settings.add(draft -> draft.money = new Money(new BigDecimal(amount), currency));
            }
        }
        return new Axis(settings, List.of("action.amount", "action.currency", "action.amount"));
    }

    private static Axis reversible() {
        return new Axis(
                List.of(d -> d.reversible = true, d -> d.reversible = false, d -> d.reversible = null),
                List.of("action.reversible"));
    }

    private static Axis confidence() {
        return new Axis(
                List.of("0", "0.25", "0.5", "0.75", "1").stream()
                        .<Setting>map(it -> draft -> draft.confidence = new BigDecimal(it))
                        .toList(),
                List.of("action.confidence"));
    }

    private static Axis days() {
        List<Object> values = new ArrayList<>();
        for (String number : List.of("0.5", "1", "1.5", "2", "2.5", "3", "3.5")) {
            values.add(new BigDecimal(number));
        }
        return attribute("days", values, "action.number(\"days\")");
    }

    private static Axis kind() {
        return attribute("kind", List.of("x", "xz", "xy", "xzy", "q", "v"), "action.text(\"kind\")");
    }

    private static Axis urgent() {
        return attribute("urgent", List.of(true, false), "action.flag(\"urgent\")");
    }

    private static Axis attribute(String name, List<Object> values, String path) {
        List<Setting> settings = new ArrayList<>();
        settings.add(draft -> {});
        for (Object value : values) {
            settings.add(draft -> {
                Map<String, Object> more = new HashMap<>(draft.attributes);
                more.put(name, value);
                draft.attributes = more;
            });
        }
        return new Axis(settings, List.of(path));
    }

    private static Axis stage() {
        List<Setting> settings = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            settings.add(draft -> draft.stage = stage);
        }
        return new Axis(settings, List.of("agent.stage"));
    }

    private static Axis repeats() {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int repeats = i;
            settings.add(draft -> draft.repeats = repeats);
        }
        return new Axis(settings, List.of("trace.repeats"));
    }

    /** {@code observedAt} stands for the age here, counted from the epoch. */
    private static Evidence item(String name, int age, String schema) {
        return new Evidence(name, "", Instant.ofEpochSecond(age), schema, List.of(), "");
    }

    private static Axis evidence() {
        List<List<Evidence>> named = new ArrayList<>();
        named.add(List.of());
        for (int age : new int[] {1, 900, 1000, 3600, 4000}) {
            for (String schema : List.of("v1", "v2", "", "vz", "q")) {
                named.add(List.of(item("c", age, schema)));
            }
        }
        List<List<Evidence>> others = List.of(
                List.of(),
                List.of(item("d", 1, "")),
                List.of(item("d", 1000, "")),
                List.of(item("d", 4000, "")),
                List.of(item("e", 1, "")),
                List.of(item("e", 900, "")),
                List.of(item("e", 1000, "")),
                List.of(item("e", 3600, "")),
                List.of(item("e", 4000, "")),
                List.of(item("d", 1, ""), item("e", 1, "")),
                List.of(item("d", 1, ""), item("e", 900, "")),
                List.of(item("d", 1, ""), item("e", 1000, "")),
                List.of(item("d", 1, ""), item("e", 3600, "")),
                List.of(item("d", 1, ""), item("e", 4000, "")),
                List.of(item("d", 1000, ""), item("e", 3600, "")),
                List.of(item("d", 1000, ""), item("e", 4000, "")),
                List.of(item("e", 1, ""), item("e", 1, "")),
                List.of(item("e", 1, ""), item("e", 900, "")),
                List.of(item("e", 1, ""), item("e", 1000, "")),
                List.of(item("e", 1, ""), item("e", 3600, "")),
                List.of(item("e", 1, ""), item("e", 4000, "")));
        List<Setting> settings = new ArrayList<>();
        for (List<Evidence> some : named) {
            for (List<Evidence> more : others) {
                List<Evidence> evidence = new ArrayList<>(some);
                evidence.addAll(more);
                settings.add(draft -> draft.evidence = evidence);
            }
        }
        return new Axis(
                settings,
                List.of(
                        "evidence.staleAfter(\"c\", \"PT15M\")",
                        "evidence.staleAfter(\"c\", \"PT1H\")",
                        "evidence.staleAfter(\"c\", \"PT60M\")",
                        "evidence.staleAfter(\"d\", \"PT15M\")",
                        "evidence.schema(\"c\")",
                        "evidence.oldestSeconds",
                        "evidence.count"));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
