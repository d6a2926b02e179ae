package io.leeway.api.rest;

import io.leeway.evidence.CausingRule;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to as one table (RFC 4180), for spreadsheets. Each line says in its first column what it is: {@code
 * MATRIX}, {@code LOOSENED}, {@code TIGHTENED}, {@code NEWLY_AUTONOMOUS}, {@code NOT_REPLAYED}.
 */
final class ReplayCsv {
    private static final List<String> COLUMNS = List.of(
            "section", "from", "to", "rules", "places", "decisions", "agents", "agent names", "money", "samples");

    private final Csv csv = new Csv();

    private ReplayCsv() {}

    static String of(ReplayResult result) {
        ReplayCsv replay = new ReplayCsv();
        Csv csv = replay.csv;
        csv.line(COLUMNS);
        result.matrix()
                .forEach((from, row) -> row.forEach((to, decisions) ->
                        csv.line("MATRIX", from.name(), to.name(), "", "", decisions.toString(), "", "", "", "")));
        result.loosened().forEach(change -> replay.change("LOOSENED", change));
        result.tightened().forEach(change -> replay.change("TIGHTENED", change));
        result.newlyAutonomous()
                .forEach((currency, amount) -> csv.line(
                        "NEWLY_AUTONOMOUS", "", "", "", "", "", "", "", Csv.money(Map.of(currency, amount)), ""));
        result.notReplayed()
                .forEach((reason, decisions) ->
                        csv.line("NOT_REPLAYED", reason.name(), "", "", "", decisions.toString(), "", "", "", ""));
        return csv.toString();
    }

    private void change(String section, Change change) {
        csv.line(
                section,
                answer(change.from()),
                answer(change.to()),
                Csv.joined(change.rules().stream().map(CausingRule::rule)),
                Csv.joined(change.rules().stream().map(rule -> Csv.place(rule.source()))),
                Long.toString(change.decisions()),
                Long.toString(change.agents().count()),
                Csv.joined(change.agents().first().stream()),
                Csv.money(change.money()),
                Csv.joined(change.samples().stream().map(UUID::toString)));
    }

    private static String answer(@Nullable Answer answer) {
        return answer == null ? "" : answer.directive().name();
    }
}
