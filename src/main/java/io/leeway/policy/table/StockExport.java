package io.leeway.policy.table;

import io.leeway.model.Effect;
import io.leeway.model.Obligation;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes typed rows as decision tables that stock {@code drools-decisiontables} reads, with the same rows matching there.
 *
 * <p>Numbers become exact decimals ({@code 500B}), flags are lower-case, the row's id is the rule's name, and a column that
 * always holds keeps the pattern alive where all other cells are blank. Days of another zone than UTC become conditions on
 * {@code now}. Stock dates are days of the JVM's time zone, and a
 * rule counts there from just after midnight; the last day is written as the next one, since stock excludes it.
 */
public final class StockExport {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

    /** Paths that no property or method of a proposal reads. */
    private static final Set<String> OURS = Set.of(
            "now.time",
            "now.weekday",
            "now.calendar",
            "action.amountIn",
            "activity.count",
            "activity.exposure",
            "activity.agents",
            "activity.recently",
            "activity.returns");

    private final List<Row> rows;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<Map<String, String>> cells = new ArrayList<>();

    /** Type, object, snippet and label of a column. */
    private record Column(String type, String object, String snippet, String label) {}

    private StockExport(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * File name to text, {@code authority.drl.csv} and {@code safeguards.drl.csv}; a kind without rows has no file.
     *
     * @throws IllegalArgumentException when there are {@link #problems}
     */
    public static Map<String, String> csv(PolicyTables tables) {
        if (!problems(tables).isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems(tables)));
        }
        Map<String, String> files = new LinkedHashMap<>();
        Map<Boolean, List<Row>> kinds = tables.rows().stream().collect(Collectors.partitioningBy(Row::isAuthority));
        kinds.forEach((authority, rows) -> {
            if (!rows.isEmpty()) {
                String name = authority ? "authority" : "safeguards";
                files.put(name + ".drl.csv", new StockExport(rows).write(name));
            }
        });
        return files;
    }

    /** Why there is no such export: what stock Drools cannot ask of a proposal, by the cells that ask it; empty when there is one. */
    public static List<String> problems(PolicyTables tables) {
        List<String> problems = new ArrayList<>();
        for (Row row : tables.rows()) {
            for (Condition condition : row.conditions()) {
                Vocabulary.Call call = Vocabulary.call(condition.path().text());
                if (call != null && OURS.contains(call.name())) {
                    problems.add(row.document() + " › " + condition.cell() + ": `" + condition.path()
                            + "` cannot be asked in stock Drools, which knows neither time zones nor the version's"
                            + " `Calendars` and `Rates`");
                }
            }
        }
        return List.copyOf(problems);
    }

    private String write(String name) {
        column("NAME", "", "", "Id");
        condition("evidence.count >= $paramB", "Always");
        rows.forEach(row -> cells.add(cellsOf(row)));
        StringBuilder text = new StringBuilder();
        line(text, List.of("RuleSet", "leeway." + name));
        line(text, List.of("Import", "io.leeway.model.Proposal"));
        line(text, List.of("Variables", "io.leeway.policy.VerdictBuilder verdict"));
        line(text, List.of("EscapeQuotes", "false"));
        line(text, List.of("RuleTable " + name));
        // Stock Drools wants conditions before actions, and attributes anywhere.
        List<Map.Entry<String, Column>> ordered = new ArrayList<>(columns.entrySet());
        ordered.sort((one, other) -> Integer.compare(rank(one.getValue()), rank(other.getValue())));
        line(text, ordered.stream().map(entry -> entry.getValue().type()).toList());
        line(text, ordered.stream().map(entry -> entry.getValue().object()).toList());
        line(text, ordered.stream().map(entry -> entry.getValue().snippet()).toList());
        line(text, ordered.stream().map(entry -> entry.getValue().label()).toList());
        for (Map<String, String> row : cells) {
            line(
                    text,
                    ordered.stream()
                            .map(entry -> row.getOrDefault(entry.getKey(), ""))
                            .toList());
        }
        return text.toString();
    }

    private static int rank(Column column) {
        return List.of("NAME", "DATE-EFFECTIVE", "DATE-EXPIRES", "CONDITION", "ACTION")
                .indexOf(column.type());
    }

    private Map<String, String> cellsOf(Row row) {
        Map<String, String> line = new HashMap<>();
        line.put(column("NAME", "", "", "Id"), row.id());
        line.put(condition("evidence.count >= $paramB", "Always"), "0");
        Map<String, Integer> seen = new HashMap<>();
        for (Condition condition : row.conditions()) {
            String snippet = snippet(condition);
            int times = seen.merge(snippet, 1, Integer::sum);
            line.put(condition(snippet, condition.path().text() + " (" + times + ")"), cell(condition));
        }
        putActions(line, row.outcome());
        putLife(line, row);
        return line;
    }

    private void putLife(Map<String, String> line, Row row) {
        LocalDate end = row.expires() == null ? null : row.expires().plusDays(1);
        if (row.zone().equals(ZoneOffset.UTC)) {
            putDay(line, "DATE-EFFECTIVE", row.effective());
            putDay(line, "DATE-EXPIRES", end);
        } else {
            // Stock dates know no other zone than the JVM's.
            putMoment(line, ">=", row.effective(), row.zone());
            putMoment(line, "<", end, row.zone());
        }
    }

    private void putMoment(Map<String, String> line, String operator, @Nullable LocalDate day, ZoneId zone) {
        if (day != null) {
            String snippet = "now.compareTo(java.time.Instant.parse(\"$param\")) " + operator + " 0";
            line.put(
                    condition(snippet, "now " + operator),
                    day.atStartOfDay(zone).toInstant().toString());
        }
    }

    private void putActions(Map<String, String> line, Row.Outcome outcome) {
        String verb = outcome.effect() == Effect.GRANT ? "grant" : "require";
        line.put(action("verdict." + verb + "(\"$param\");", "Mode"), modeText(outcome));
        line.put(action("verdict.because(\"$param\");", "Because"), literal(outcome.because()));
        if (outcome.approvers() != null) {
            String approvers = literal(outcome.approvers().group()) + ", "
                    + outcome.approvers().quorum();
            line.put(action("verdict.approvers(\"$1\", $2);", "Approvers"), approvers);
        }
        int number = 0;
        for (Obligation obligation : outcome.obligations()) {
            String cell = literal(obligation.type()) + ", " + literal(obligation.value());
            line.put(action("verdict.oblige(\"$1\", \"$2\");", "Obligation " + ++number), cell);
        }
        if (outcome.expires() != null) {
            line.put(
                    action("verdict.expires(\"$param\");", "Expires"),
                    outcome.expires().toString());
        }
    }

    private void putDay(Map<String, String> line, String type, @Nullable LocalDate day) {
        if (day != null) {
            line.put(column(type, "", "", type), DAY.format(day));
        }
    }

    private static String modeText(Row.Outcome outcome) {
        if (outcome.effect() == Effect.PROHIBIT) {
            return "Prohibited";
        }
        return VerdictBuilder.words(outcome.mode());
    }

    private static String snippet(Condition condition) {
        String path = condition.path().text();
        if (condition.operator() == Operator.IN) {
            return "forall(||){" + path + " == \"$\"}";
        }
        if (condition.operator() == Operator.NOT_IN) {
            return "forall(&&){" + path + " != \"$\"}";
        }
        if (condition.operator() == Operator.STARTS_WITH) {
            return path + " str[startsWith] \"$param\"";
        }
        String value = switch (condition.path().type()) {
            case TEXT -> "\"$param\"";
            case NUMBER -> "$paramB";
            case FLAG -> "$param";
        };
        String test = path + " " + condition.operator().symbol() + " " + value;
        // To stock Drools an absent flag differs from either value; here it matches nothing.
        boolean mayBeAbsent =
                condition.operator() == Operator.NOT_EQUAL && condition.path().type() != PathType.TEXT;
        return mayBeAbsent ? path + " != null && " + test : test;
    }

    private static String cell(Condition condition) {
        if (condition.limit() instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (condition.limit() instanceof List<?> list) {
            return list.stream().map(one -> literal(String.valueOf(one))).collect(Collectors.joining(", "));
        }
        return condition.limit() instanceof Boolean flag ? flag.toString() : literal(String.valueOf(condition.limit()));
    }

    /** The inside of a text literal; what could end it, split a list or break a line is written as an escape. */
    private static String literal(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c == ',' || c == '$' || Character.isISOControl(c)) {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private String condition(String snippet, String label) {
        return column("CONDITION", "$p : Proposal...", snippet, label);
    }

    private String action(String snippet, String label) {
        return column("ACTION", "", snippet, label);
    }

    private String column(String type, String object, String snippet, String label) {
        String key = type + "\n" + snippet + "\n" + label;
        columns.putIfAbsent(key, new Column(type, object, snippet, label));
        return key;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .append('\n');
    }
}
