package io.leeway.bench;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.testing.SheetBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import org.jboss.logmanager.LogContext;

/**
 * Rows over the action's type (200 values), a range of the amount, the confidence and the age of the input; and requests,
 * some of them exactly on a limit. The same for every contender.
 */
final class Workload {
    static final int REQUESTS = 2_000;
    private static final int TYPES = 200;

    private static final Path TYPE =
            new Path("action.type", PathType.TEXT, proposal -> proposal.action().type(), null);
    private static final Path AMOUNT = new Path(
            "action.amount", PathType.NUMBER, proposal -> proposal.action().amount(), null);
    private static final Path CONFIDENCE = new Path(
            "action.confidence", PathType.NUMBER, proposal -> proposal.action().confidence(), null);
    private static final Path AGE = new Path(
            "action.number(\"inputAge\")",
            PathType.NUMBER,
            proposal -> proposal.action().number("inputAge"),
            null);

    /** Null where the row has no such condition. */
    record Limits(String id, String type, int low, int high, BigDecimal confidence, Integer age, Mode mode) {}

    record Request(String type, int amount, BigDecimal confidence, int age) {}

    final List<Limits> rows = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();

    static {
        // As in the service: outside Quarkus nothing sets a level, and Drools then spells out every fact that it
        // traces.
        LogContext.getLogContext().getLogger("").setLevel(Level.INFO);
    }

    Workload(int size) {
        Random random = new Random(42L * 1_000_003 + size);
        for (int i = 0; i < size; i++) {
            int low = random.nextInt(80) * 50;
            int high = low + 250 + random.nextInt(40) * 50;
            double share = random.nextDouble();
            Mode mode = share < 0.3 ? Mode.AUTONOMOUS : share < 0.8 ? Mode.HUMAN_IN_THE_LOOP : Mode.HUMAN_IN_CONTROL;
            BigDecimal confidence = random.nextInt(3) == 0 ? BigDecimal.valueOf(50 + random.nextInt(45), 2) : null;
            Integer age = random.nextInt(4) == 0 ? 60 * (1 + random.nextInt(10)) : null;
            rows.add(new Limits("r" + i, "type" + i % TYPES, low, high, confidence, age, mode));
        }
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(request(random, size));
        }
    }

    private Request request(Random random, int size) {
        boolean known = random.nextInt(10) > 0;
        String type = "type" + random.nextInt(known ? Math.min(size, TYPES) : TYPES);
        int amount = random.nextInt(5_000);
        BigDecimal confidence = BigDecimal.valueOf(random.nextInt(10_000), 4);
        int age = random.nextInt(1_000);
        if (random.nextInt(100) < 15) {
            Limits row = rows.get(random.nextInt(size));
            switch (random.nextInt(4)) {
                case 0 -> amount = row.low();
                case 1 -> amount = row.high();
                case 2 -> confidence = row.confidence() == null ? confidence : row.confidence();
                default -> age = row.age() == null ? age : row.age();
            }
        }
        return new Request(type, amount, confidence, age);
    }

    /** The rows in Leeway's own form. */
    PolicyTables tables() {
        List<Row> typed = new ArrayList<>();
        for (Limits row : rows) {
            List<Condition> conditions = new ArrayList<>();
            conditions.add(new Condition(TYPE, Operator.EQUAL, row.type(), "B6"));
            conditions.add(new Condition(AMOUNT, Operator.GREATER, BigDecimal.valueOf(row.low()), "C6"));
            conditions.add(new Condition(AMOUNT, Operator.AT_MOST, BigDecimal.valueOf(row.high()), "C6"));
            if (row.confidence() != null) {
                conditions.add(new Condition(CONFIDENCE, Operator.LESS, row.confidence(), "D6"));
            }
            if (row.age() != null) {
                conditions.add(new Condition(AGE, Operator.GREATER, BigDecimal.valueOf(row.age()), "E6"));
            }
            Row.Outcome outcome =
                    new Row.Outcome(Effect.REQUIRE, row.mode(), "Row " + row.id() + " says so.", null, List.of(), null);
            int number = typed.size() + 6;
            String range = "A" + number + ":G" + number;
            typed.add(new Row(
                    row.id(),
                    "bench.csv",
                    null,
                    number,
                    range,
                    "00",
                    "Limits",
                    "bench",
                    "",
                    "",
                    conditions,
                    outcome,
                    null,
                    null));
        }
        return new PolicyTables(typed, Map.of(), Map.of());
    }

    /**
     * The rows as a table of Leeway's dialect, in the order of the files of a version: with the currency that it demands,
     * and the declaration of the attribute.
     */
    List<SheetBuilder> sheets() {
        SheetBuilder table = SheetBuilder.policy("Limits", "bench@example.com")
                .table("Limits")
                .name()
                .condition("Type", "action.type == \"$param\"")
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Above, up to", "action.amount > $1, action.amount <= $2")
                .condition("Confidence below", "action.confidence < $param")
                .condition("Older than", "action.number(\"inputAge\") > $param")
                .require()
                .because();
        for (Limits row : rows) {
            table.row(
                    row.id(),
                    row.type(),
                    "USD",
                    row.low() + ", " + row.high(),
                    row.confidence(),
                    row.age(),
                    mode(row.mode()),
                    "Row " + row.id() + " says so.");
        }
        SheetBuilder vocabulary = SheetBuilder.sheet("Vocabulary")
                .line("Vocabulary")
                .line("Attribute", "Type", "Unit", "Allowed", "Meaning")
                .line("inputAge", "number", "s", null, "How old the input is");
        return List.of(table, vocabulary);
    }

    private static String mode(Mode mode) {
        return switch (mode) {
            case AUTONOMOUS -> "Autonomous";
            case HUMAN_IN_THE_LOOP -> "Human in the loop";
            case HUMAN_IN_CONTROL -> "Human in control";
        };
    }

    /** The requests in Leeway's own form. */
    List<Proposal> proposals() {
        return requests.stream()
                .map(request -> new Proposal(
                                new Action(
                                        "a",
                                        request.type(),
                                        "",
                                        new Money(BigDecimal.valueOf(request.amount()), "USD"),
                                        request.confidence(),
                                        null,
                                        new Attributes(Map.of("inputAge", BigDecimal.valueOf(request.age()))),
                                        ""),
                                new Agent("agent", "", "", Stage.FULL),
                                new Subject("payment", "p"),
                                EvidenceSet.asSent(List.of()),
                                Trace.NONE)
                        .at(Instant.parse("2026-03-15T12:00:00Z"), Stage.FULL, Map.of(), 0, 0))
                .toList();
    }
}
