package io.leeway.console;

import io.leeway.evidence.ObservedReport;
import io.leeway.evidence.ReplayResult.Agents;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would have been stopped, as its page shows it.
 *
 * @param report null when the period cannot be read
 */
record ObservedView(Period period, @Nullable ObservedReport report, List<Line> lines) {
    ObservedView {
        lines = List.copyOf(lines);
    }

    static ObservedView of(Period period, @Nullable ObservedReport report) {
        return new ObservedView(
                period,
                report,
                report == null
                        ? List.of()
                        : report.rows().stream().map(Line::new).toList());
    }

    /** How many the agents would have carried out by themselves. */
    public long untouched() {
        return report == null ? 0 : report.decisions() - report.held() - report.stopped();
    }

    /** {@code 1200.00 USD and 40.00 EUR}; {@code ""} for none. */
    public String money() {
        return report == null ? "" : ReplayView.money(report.money());
    }

    public String agents() {
        return report == null ? "" : agents(report.agents());
    }

    private static String agents(Agents agents) {
        return agents.count() + (agents.exact() ? "" : " or more") + (agents.count() == 1 ? " agent" : " agents");
    }

    /** A row that would have stopped some. */
    record Line(ObservedReport.Row row) {
        private static final Map<String, String> NAMES = Map.of(
                "STAGE", "The agent's stage",
                "NO_AUTHORITY", "No row that allows it",
                "NO_POLICY", "No active policy",
                "UNKNOWN_ACTION", "An action type that is not listed",
                "EVALUATION_ERROR", "Rules that could not be evaluated",
                "DEADLINE", "Rules that took too long");

        public String name() {
            MatchedRule rule = row.rule();
            return rule == null ? "All other rows" : NAMES.getOrDefault(rule.rule(), rule.rule());
        }

        /** {@code logistics.xlsx › Limits › A12:F12}; {@code ""} for what stands in no file. */
        public String place() {
            MatchedRule rule = row.rule();
            RuleSource source = rule == null ? null : rule.source();
            return source == null
                    ? ""
                    : Stream.of(source.file(), source.sheet(), source.range())
                            .flatMap(Stream::ofNullable)
                            .collect(Collectors.joining(" › "));
        }

        public String because() {
            MatchedRule rule = row.rule();
            return rule == null ? "There are too many of them to tell them apart." : rule.because();
        }

        /** Who answers for it; {@code ""} for nobody. */
        public String owner() {
            MatchedRule rule = row.rule();
            return rule == null || rule.owner() == null ? "" : rule.owner();
        }

        public long inTheLoop() {
            return row.modes().getOrDefault(Mode.HUMAN_IN_THE_LOOP, 0L);
        }

        public long inControl() {
            return row.modes().getOrDefault(Mode.HUMAN_IN_CONTROL, 0L);
        }

        public String money() {
            return ReplayView.money(row.money());
        }

        public String agents() {
            return ObservedView.agents(row.agents());
        }

        /** The first names of them. */
        public String names() {
            List<String> first = row.agents().first();
            return String.join(", ", first) + (row.agents().count() > first.size() ? ", …" : "");
        }
    }
}
