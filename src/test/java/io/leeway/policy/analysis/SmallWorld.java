package io.leeway.policy.analysis;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
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
import io.leeway.testing.Rows;
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

/**
 * Random small tables over a few axes, and every proposal there is along these axes, up to values that no limit can tell
 * apart. Made from plain values: nothing of the analysis is used. Everything follows from the seed.
 */
final class SmallWorld {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 10);
    private static final int MOST_PROPOSALS = 12_000;

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
        List<Axis> all = new ArrayList<>(Axis.optional());
        axes.add(Axis.types());
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
        return Rows.changed(row, row.table(), row.conditions(), outcome(row.isAuthority()));
    }

    /** Every proposal that the version does not refuse, of known types and listed currencies. */
    List<Proposal> proposals() {
        return everyProposal().stream().filter(it -> allows(tables, it)).toList();
    }

    /** Those that it refuses, too. */
    List<Proposal> everyProposal() {
        List<Axis.Draft> drafts = new ArrayList<>(List.of(new Axis.Draft()));
        List<Axis> all = new ArrayList<>(axes);
        if (withDays) {
            all.add(Axis.dates());
        }
        for (Axis axis : all) {
            List<Axis.Draft> next = new ArrayList<>();
            for (Axis.Draft draft : drafts) {
                for (Axis.Setting setting : axis.settings()) {
                    Axis.Draft copy = draft.clone();
                    setting.apply(copy);
                    next.add(copy);
                }
            }
            drafts = next;
        }
        return drafts.stream().map(this::proposal).toList();
    }

    static boolean allows(PolicyTables tables, Proposal proposal) {
        return tables.unlisted(proposal) == null
                && ProposalCheck.violations(tables, proposal).isEmpty();
    }

    private Proposal proposal(Axis.Draft draft) {
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

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
