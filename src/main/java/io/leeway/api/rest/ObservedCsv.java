package io.leeway.api.rest;

import io.leeway.evidence.ObservedReport;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What would have been stopped as one table: a line for each row that would have. */
final class ObservedCsv {
    private static final List<String> COLUMNS = List.of(
            "rule",
            "file",
            "sheet",
            "range",
            "owner",
            "because",
            "decisions",
            "alone",
            "human in the loop",
            "human in control",
            "money",
            "agents",
            "agent names",
            "first",
            "last",
            "samples");

    private ObservedCsv() {}

    static String of(ObservedReport report) {
        Csv csv = new Csv();
        csv.line(COLUMNS);
        report.rows().forEach(row -> line(csv, row));
        return csv.toString();
    }

    private static void line(Csv csv, ObservedReport.Row row) {
        MatchedRule rule = row.rule();
        RuleSource source = rule == null ? null : rule.source();
        csv.line(
                rule == null ? "" : rule.rule(),
                source == null ? "" : source.file(),
                source == null ? "" : text(source.sheet()),
                source == null ? "" : text(source.range()),
                rule == null ? "" : text(rule.owner()),
                rule == null ? "" : rule.because(),
                Long.toString(row.decisions()),
                Long.toString(row.alone()),
                Long.toString(row.modes().getOrDefault(Mode.HUMAN_IN_THE_LOOP, 0L)),
                Long.toString(row.modes().getOrDefault(Mode.HUMAN_IN_CONTROL, 0L)),
                Csv.money(row.money()),
                row.agents().count() + (row.agents().exact() ? "" : " or more"),
                Csv.joined(row.agents().first().stream()),
                LedgerTime.text(row.first()),
                LedgerTime.text(row.last()),
                Csv.joined(row.samples().stream().map(UUID::toString)));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
