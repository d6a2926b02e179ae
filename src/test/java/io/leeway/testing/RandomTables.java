package io.leeway.testing;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random tables and proposals over small pools of values, so that rows overlap, limits are hit exactly, and much is
 * absent. Everything follows from the seed.
 */
public final class RandomTables {
    /** About when everything happens. */
    public static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

    private static final List<String> TYPES =
            List.of("billing.adjust", "billing.refund", "billing", "freight.book", "contract.renegotiate", "");
    private static final List<String> WORDS = List.of("USD", "EUR", "A-1", "A-2", "ops", "FULL", "LIMITED", "a b", "");
    private static final List<String> NUMBERS = List.of(
            "0",
            "0.5",
            "0.50",
            "1",
            "100",
            "100.00",
            "499.99",
            "500",
            "500.00",
            "500.01",
            "900",
            "900.000001",
            "123456789012345678.123456");
    private static final List<ZoneId> ZONES =
            List.of(ZoneOffset.UTC, ZoneOffset.UTC, ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Auckland"));
    private static final List<String> EVIDENCE = List.of("charge.record", "contract");
    private static final List<String> LIMITS = List.of("PT0S", "PT15M", "PT1H", "P1D");
    private static final List<Operator> ORDERS =
            List.of(Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST, Operator.EQUAL);

    private final Random random;

    public RandomTables(long seed) {
        this.random = new Random(seed);
    }

    /** A table of up to {@code maxRows} rows, of either kind, with ids {@code R-0}, {@code R-1}, … */
    public PolicyTables tables(int maxRows) {
        List<Row> rows = new ArrayList<>();
        int count = 1 + random.nextInt(maxRows);
        for (int i = 0; i < count; i++) {
            rows.add(row(i));
        }
        return new PolicyTables(rows, Map.of(), Map.of());
    }

    private Row row(int index) {
        List<Condition> conditions = new ArrayList<>();
        Map<Path, Boolean> used = new LinkedHashMap<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Path path = path();
            if (used.put(path, true) == null) {
                addConditions(conditions, path, column(conditions.size()) + (index + 6));
            }
        }
        boolean authority = index % 3 == 0;
        LocalDate effective = random.nextInt(8) == 0 ? day() : null;
        LocalDate expires = random.nextInt(8) == 0 ? day() : null;
        String range = "A" + (index + 6) + ":Z" + (index + 6);
        return new Row(
                "R-" + index,
                "random.csv",
                null,
                index + 6,
                range,
                "00",
                authority ? "Remit" : "Safeguards",
                "owner@example.com",
                "",
                "",
                conditions,
                outcome(authority, index),
                effective,
                expires,
                pick(ZONES));
    }

    private Row.Outcome outcome(boolean authority, int index) {
        Mode mode = Mode.values()[random.nextInt(3)];
        boolean prohibits = !authority && random.nextInt(6) == 0;
        Effect effect = authority ? Effect.GRANT : prohibits ? Effect.PROHIBIT : Effect.REQUIRE;
        return new Row.Outcome(
                effect,
                prohibits ? Mode.HUMAN_IN_CONTROL : mode,
                "Because of row " + index + ".",
                random.nextInt(4) == 0 ? new ApprovalRequirement("leads", 2) : null,
                List.of(),
                random.nextInt(4) == 0 ? Duration.ofMinutes(15) : null);
    }

    private void addConditions(List<Condition> conditions, Path path, String cell) {
        switch (path.type()) {
            case FLAG -> conditions.add(new Condition(path, Operator.EQUAL, random.nextInt(4) > 0, cell));
            case TEXT -> conditions.add(text(path, cell));
            case NUMBER -> {
                if (random.nextInt(3) == 0) {
                    conditions.add(new Condition(path, Operator.GREATER, number(), cell));
                    conditions.add(new Condition(path, Operator.AT_MOST, number(), cell));
                } else {
                    conditions.add(new Condition(path, pick(ORDERS), number(), cell));
                }
            }
        }
    }

    private Condition text(Path path, String cell) {
        String value = nonEmpty(path);
        return switch (random.nextInt(7)) {
            case 0 -> new Condition(path, Operator.NOT_EQUAL, value, cell);
            case 1 ->
                new Condition(
                        path,
                        Operator.STARTS_WITH,
                        value.substring(0, Math.min(value.length(), 1 + random.nextInt(8))),
                        cell);
            case 2, 3 -> new Condition(path, Operator.IN, List.of(value, nonEmpty(path), nonEmpty(path)), cell);
            case 4 -> new Condition(path, Operator.NOT_IN, List.of(value, nonEmpty(path), nonEmpty(path)), cell);
            default -> new Condition(path, Operator.EQUAL, value, cell);
        };
    }

    /** A proposal as the lane would show it to the rules. */
    public Proposal proposal() {
        Map<String, Object> attributes = new HashMap<>();
        if (random.nextBoolean()) {
            attributes.put("reason", pick(WORDS));
        }
        if (random.nextBoolean()) {
            attributes.put("days", number());
        }
        if (random.nextBoolean()) {
            attributes.put("disputed", random.nextBoolean());
        }
        Action action = new Action(
                "a-1",
                pick(TYPES),
                "",
                random.nextInt(4) == 0 ? null : new Money(number(), random.nextBoolean() ? "USD" : "EUR"),
                random.nextInt(3) == 0 ? null : new BigDecimal(pick(List.of("0", "0.5", "0.50", "0.75", "1", "1.00"))),
                random.nextInt(3) == 0 ? null : random.nextBoolean(),
                new Attributes(attributes),
                "");
        Agent agent = new Agent(pick(WORDS), pick(WORDS), "", Stage.SUPERVISED);
        Trace trace = new Trace("t-1", "", "", BigDecimal.ZERO, BigDecimal.ZERO);
        Instant now = NOW.plus(Duration.ofDays(random.nextInt(5) - 2L));
        if (random.nextInt(4) == 0) {
            now = LocalDate.ofInstant(now, ZoneOffset.UTC)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        }
        Proposal sent = new Proposal(
                action, agent, new Subject(pick(WORDS), pick(WORDS)), EvidenceSet.asSent(evidence(now)), trace);
        Map<String, String> schemas = random.nextInt(4) == 0 ? Map.of("contract", "v2") : Map.of();
        return sent.at(now, pick(List.of(Stage.values())), schemas, random.nextInt(3), random.nextInt(3));
    }

    private List<Evidence> evidence(Instant now) {
        List<Evidence> items = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            items.add(new Evidence(pick(EVIDENCE), "", observed(now), pick(List.of("v1", "v2", "")), List.of(), ""));
        }
        return items;
    }

    private @Nullable Instant observed(Instant now) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> now.plusSeconds(random.nextInt(5));
            case 2 -> now.minus(Duration.parse(pick(LIMITS)));
            case 3 -> now.minus(Duration.parse(pick(LIMITS))).minusNanos(1_000);
            default -> now.minusSeconds(random.nextInt(100_000));
        };
    }

    private Path path() {
        return switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> text("action.type", p -> p.action().type());
            case 4 -> text("action.currency", p -> p.action().currency());
            case 5, 6, 7 -> number("action.amount", p -> p.action().amount());
            case 8 -> number("action.confidence", p -> p.action().confidence());
            case 9 -> flag("action.reversible", p -> p.action().reversible());
            case 10 -> text("action.text(\"reason\")", p -> p.action().text("reason"));
            case 11 -> number("action.number(\"days\")", p -> p.action().number("days"));
            case 12 -> flag("action.flag(\"disputed\")", p -> p.action().flag("disputed"));
            case 13 -> text("agent.stage", p -> p.agent().stage());
            case 14 -> text("subject.id", p -> p.subject().id());
            case 15 -> stale();
            case 16 -> number("evidence.oldestSeconds", p -> p.evidence().oldestSeconds());
            default ->
                random.nextBoolean()
                        ? number("trace.repeats", p -> p.trace().repeats())
                        : text(
                                "evidence.schema(\"contract\")",
                                p -> p.evidence().schema("contract"));
        };
    }

    private Path stale() {
        String name = pick(EVIDENCE);
        String limit = pick(LIMITS);
        Duration duration = Duration.parse(limit);
        return new Path(
                "evidence.staleAfter(\"" + name + "\", \"" + limit + "\")",
                PathType.FLAG,
                p -> p.evidence().staleAfter(name, duration),
                new Path.EvidenceAge(name, limit));
    }

    /** A path that reads a text. */
    public static Path text(String text, Reader<String> read) {
        return new Path(text, PathType.TEXT, read::of, null);
    }

    /** A path that reads a number. */
    public static Path number(String text, Reader<BigDecimal> read) {
        return new Path(text, PathType.NUMBER, read::of, null);
    }

    /** A path that reads a flag. */
    public static Path flag(String text, Reader<Boolean> read) {
        return new Path(text, PathType.FLAG, read::of, null);
    }

    /** Reads one value of a proposal. */
    public interface Reader<T> {
        @Nullable
        T of(Proposal proposal);
    }

    private String nonEmpty(Path path) {
        List<String> pool = path.text().equals("action.type")
                ? TYPES
                : path.text().startsWith("evidence") ? List.of("v1", "v2", "v") : WORDS;
        String value = pick(pool);
        return value.isEmpty() ? pool.get(0) : value;
    }

    private BigDecimal number() {
        return new BigDecimal(pick(NUMBERS));
    }

    private LocalDate day() {
        return LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(random.nextInt(5) - 2L);
    }

    private static String column(int index) {
        return String.valueOf((char) ('B' + index));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
