package io.leeway.api.rest;

import io.leeway.evidence.CausingRule;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.model.RuleSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to as one table (RFC 4180), for spreadsheets. Each line says in its first column what it is: {@code
 * MATRIX}, {@code LOOSENED}, {@code TIGHTENED}, {@code NEWLY_AUTONOMOUS}, {@code NOT_REPLAYED}. Texts that a spreadsheet would
 * take for a formula get an apostrophe before them.
 */
final class ReplayCsv {
    private static final List<String> COLUMNS = List.of(
            "section", "from", "to", "rules", "places", "decisions", "agents", "agent names", "money", "samples");

    private final StringBuilder text = new StringBuilder();

    private ReplayCsv() {}

    static String of(ReplayResult result) {
        ReplayCsv csv = new ReplayCsv();
        csv.line(COLUMNS);
        result.matrix()
                .forEach((from, row) -> row.forEach((to, decisions) ->
                        csv.line("MATRIX", from.name(), to.name(), "", "", decisions.toString(), "", "", "", "")));
        result.loosened().forEach(change -> csv.change("LOOSENED", change));
        result.tightened().forEach(change -> csv.change("TIGHTENED", change));
        result.newlyAutonomous()
                .forEach((currency, amount) ->
                        csv.line("NEWLY_AUTONOMOUS", "", "", "", "", "", "", "", money(Map.of(currency, amount)), ""));
        result.notReplayed()
                .forEach((reason, decisions) ->
                        csv.line("NOT_REPLAYED", reason.name(), "", "", "", decisions.toString(), "", "", "", ""));
        return csv.text.toString();
    }

    private void change(String section, Change change) {
        line(
                section,
                answer(change.from()),
                answer(change.to()),
                joined(change.rules().stream().map(CausingRule::rule)),
                joined(change.rules().stream().map(rule -> place(rule.source()))),
                Long.toString(change.decisions()),
                Long.toString(change.agents().count()),
                joined(change.agents().first().stream()),
                money(change.money()),
                joined(change.samples().stream().map(UUID::toString)));
    }

    private static String answer(@Nullable Answer answer) {
        return answer == null ? "" : answer.directive().name();
    }

    static String place(@Nullable RuleSource source) {
        return source == null
                ? ""
                : Stream.of(source.file(), source.sheet(), source.range())
                        .filter(part -> part != null)
                        .collect(Collectors.joining(" › "));
    }

    static String money(Map<String, BigDecimal> amounts) {
        return joined(amounts.entrySet().stream().map(it -> it.getValue().toPlainString() + " " + it.getKey()));
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining("; "));
    }

    private void line(String... cells) {
        line(List.of(cells));
    }

    private void line(List<String> cells) {
        text.append(cells.stream().map(ReplayCsv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String value) {
        String safe = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
