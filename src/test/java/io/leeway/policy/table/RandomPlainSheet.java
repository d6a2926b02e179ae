package io.leeway.policy.table;

import io.leeway.testing.SheetBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A plain sheet of random cells, and what each was meant to say, written down while it was made. */
public final class RandomPlainSheet {
    private static final List<String> TYPES = List.of("billing.adjust", "billing.refund", "freight.book", "refund");
    private static final List<String> AGENTS = List.of("agent-1", "agent-2", "a.b", "007");

    private final Random random;
    private final SheetBuilder sheet =
            SheetBuilder.sheet("Random").line("Random").line("Owner", "me");
    private final List<String> expected = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    /** A cell, and the conditions that it makes. */
    private record Meant(Object cell, List<String> conditions) {}

    public RandomPlainSheet(Random random) {
        this.random = random;
        int tables = 1 + random.nextInt(3);
        for (int i = 0; i < tables; i++) {
            table(i);
        }
    }

    public SheetBuilder sheet() {
        return sheet;
    }

    List<String> expected() {
        return expected;
    }

    private void table(int number) {
        boolean authority = random.nextBoolean();
        sheet.line((authority ? "May act" : "Needs at least"), "Table " + number);
        labels.clear();
        labels.add("Currency");
        for (String label : List.of(
                "Action",
                "Agent",
                "Amount up to",
                "Amount over, up to",
                "Confidence below",
                "Reversible",
                "Stale evidence",
                "Oldest evidence over")) {
            if (random.nextBoolean()) {
                labels.add(random.nextInt(labels.size() + 1), label);
            }
        }
        List<Object> line = new ArrayList<>(labels);
        line.add(0, "Id");
        line.addAll(List.of("Mode", "Because", "Expires"));
        sheet.line(line.toArray());
        int rows = 1 + random.nextInt(5);
        for (int i = 0; i < rows; i++) {
            row(authority, number, "R-" + number + i);
        }
    }

    private void row(boolean authority, int table, String id) {
        if (random.nextInt(4) == 0) {
            sheet.line(random.nextBoolean() ? new Object[0] : new Object[] {"A heading"});
        }
        List<Object> cells = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        cells.add(id);
        for (String label : labels) {
            boolean open = !label.equals("Currency") && random.nextInt(3) == 0;
            Meant meant = open ? new Meant(authority || random.nextBoolean() ? "any" : null, List.of()) : meant(label);
            cells.add(meant.cell());
            conditions.addAll(meant.conditions());
        }
        cells.addAll(
                Arrays.asList("Human in the loop", "Because of " + id + ".", random.nextBoolean() ? "90 min" : null));
        sheet.line(cells.toArray());
        String life = cells.get(cells.size() - 1) == null ? "null" : "PT1H30M";
        expected.add(id + " " + (authority ? "GRANT" : "REQUIRE") + " HUMAN_IN_THE_LOOP " + life + " Table " + table
                + ": " + conditions.stream().sorted().collect(Collectors.joining("; ")));
    }

    private Meant meant(String label) {
        return switch (label) {
            case "Action" ->
                random.nextInt(4) == 0
                        ? new Meant("billing.", List.of("action.type startsWith billing."))
                        : list("action.type", TYPES);
            case "Agent" -> list("agent.id", AGENTS);
            case "Currency" -> list("action.currency", List.of("USD", "EUR", "GBP"));
            case "Amount up to" -> number("action.amount <= ");
            case "Amount over, up to" ->
                new Meant("500, 2,000", List.of("action.amount > 500", "action.amount <= 2000"));
            case "Confidence below" -> new Meant(new BigDecimal("0.85"), List.of("action.confidence < 0.85"));
            case "Reversible" -> {
                boolean flag = random.nextBoolean();
                yield new Meant(flag, List.of("action.reversible == " + flag));
            }
            case "Stale evidence" ->
                new Meant("charge.record, 2 h", List.of("evidence.staleAfter(\"charge.record\", \"PT2H\") == true"));
            default ->
                random.nextBoolean()
                        ? new Meant("2 days", List.of("evidence.oldestSeconds > 172800"))
                        : number("evidence.oldestSeconds > ");
        };
    }

    private Meant number(String comparison) {
        int number = random.nextInt(100_000);
        return new Meant(number, List.of(comparison + number));
    }

    private Meant list(String path, List<String> pool) {
        TreeSet<String> values = new TreeSet<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            values.add(pool.get(random.nextInt(pool.size())));
        }
        List<String> written = new ArrayList<>(values);
        // A type without a point must come before the others, or it would take their family.
        written.sort((one, other) -> Boolean.compare(one.contains("."), other.contains(".")));
        boolean not = random.nextInt(3) == 0;
        String operator = values.size() == 1 ? (not ? " != " : " == ") : not ? " not in " : " in ";
        return new Meant(
                (not ? "not " : "") + String.join(", ", written), List.of(path + operator + String.join(", ", values)));
    }
}
