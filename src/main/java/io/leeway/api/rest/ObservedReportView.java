package io.leeway.api.rest;

import io.leeway.api.rest.ReplayView.AgentsView;
import io.leeway.evidence.ObservedReport;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What would have been stopped, on the wire. */
@Schema(name = "ObservedReport", description = "What would have been stopped, had it not only been observed.")
record ObservedReportView(
        @Schema(description = "how many were observed") long decisions,

        @Schema(description = "how many came to each mode") Map<Mode, Long> modes,

        @Schema(description = "how many a stop held all the same; they are in none of what follows")
        long held,

        @Schema(description = "how many others an agent would not have carried out by itself")
        long stopped,

        @Schema(description = "their amounts by currency, as decimal strings; decisions without an amount add nothing")
        Map<String, String> money,

        AgentsView agents,

        @Schema(description = "how many of them have lost their record, so that nobody knows by which rows")
        long erased,

        @Schema(
                description =
                        "by which rows, most decisions first; a decision counts for each row that would have stopped it")
        List<RowView> rows) {
    static ObservedReportView of(ObservedReport report) {
        return new ObservedReportView(
                report.decisions(),
                report.modes(),
                report.held(),
                report.stopped(),
                ReplayView.money(report.money()),
                AgentsView.of(report.agents()),
                report.erased(),
                report.rows().stream().map(RowView::of).toList());
    }

    @Schema(name = "ObservedRow")
    record RowView(
            @Schema(
                    nullable = true,
                    description = "null for the one row that sums up the rest when there are too many to tell apart")
            @Nullable
            StoppingRuleView rule,

            long decisions,

            @Schema(description = "how many of them nothing else would have stopped")
            long alone,

            @Schema(description = "how many came to each mode")
            Map<Mode, Long> modes,

            @Schema(description = "amounts by currency, as decimal strings")
            Map<String, String> money,

            AgentsView agents,

            @Schema(format = "date-time", description = "when the oldest of them was decided")
            String first,

            @Schema(format = "date-time", description = "when the newest was")
            String last,

            @Schema(description = "ids of the newest of them")
            List<UUID> samples) {
        static RowView of(ObservedReport.Row row) {
            return new RowView(
                    StoppingRuleView.of(row.rule()),
                    row.decisions(),
                    row.alone(),
                    row.modes(),
                    ReplayView.money(row.money()),
                    AgentsView.of(row.agents()),
                    LedgerTime.text(row.first()),
                    LedgerTime.text(row.last()),
                    row.samples());
        }
    }

    @Schema(name = "StoppingRule")
    record StoppingRuleView(
            @Schema(
                    description =
                            "the row's id, the DRL rule's name, STAGE or STOP:<id>; a reason code such as NO_AUTHORITY where no row gave the authority")
            String rule,

            Effect effect,
            Mode mode,
            @Schema(nullable = true) @Nullable String table,
            String because,
            @Schema(nullable = true) @Nullable String owner,

            @Schema(nullable = true, description = "as of the newest of the decisions") @Nullable
            RuleSource source) {
        static @Nullable StoppingRuleView of(@Nullable MatchedRule rule) {
            return rule == null
                    ? null
                    : new StoppingRuleView(
                            rule.rule(),
                            rule.effect(),
                            rule.mode(),
                            rule.table(),
                            rule.because(),
                            rule.owner(),
                            rule.source());
        }
    }
}
