package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.testing.SheetBuilder;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weekdays, times, named days and dates of a row come together, or never do. */
class ClockLawTest {
    private static final List<PolicyFile> BESIDE = List.of(
            sheet("Columns", "Label | Snippet | Unit | Meaning | Example", "UTC before | now.time(\"UTC\") < $param"),
            sheet(
                    "Calendars",
                    "Calendar | Day | Meaning",
                    "weekends | weekends",
                    "month-end | last day of month",
                    "year-end | last day of year",
                    "closing | last working day of month",
                    "fair | 2031-05-05..2031-05-09"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Weekday; Saturday; true",
                "Weekday | Calendar; Saturday | weekends; true",
                "Weekday | Not calendar; Saturday | weekends; false",
                "Weekday | Calendar; Monday | weekends; false",
                "Weekday | Calendar; Saturday | closing; false",
                "Weekday | Calendar; Friday | year-end; true",
                "Weekday | Calendar; Friday | fair; true",
                "Weekday | Calendar; Sunday | fair; false",
                "Calendar | From | Until; month-end | 2026-11-01 | 2026-11-29; false",
                "Calendar | Weekday | From | Until; month-end | Monday | 2026-11-01 | 2026-11-30; true",
                "Calendar | Weekday | From | Until; month-end | Tuesday | 2026-11-01 | 2026-11-30; false",
                "Time from | Time before; 9 | 17.5; true",
                "Time from | Time before; 17.5 | 9; false",
                "Time from | Time before; 9 | 9.0001; true",
                // midnight in Berlin is 22:00 or 23:00 in Greenwich
                "Time before | UTC before; 1 | 22; false",
                "Time before | UTC before; 1 | 22.5; true",
            })
    void a_row_matches_when_some_moment_is_as_it_says(String labels, String cells, boolean matches) throws Exception {
        PolicyFile main = SheetBuilder.of(
                        "Main",
                        List.of(
                                "Owner | owner@example.com",
                                "Time zone | Europe/Berlin",
                                "May act Remit",
                                "Id | " + labels + " | Mode | Because",
                                "R-1 | " + cells + " | Autonomous | Why not."))
                .csv("main.csv");
        Reading reading = PolicyReader.read(List.of(main, BESIDE.get(0), BESIDE.get(1)), LocalDate.of(2026, 11, 22));
        PolicyTables tables = reading.tables();
        assertThat(tables).as(reading.findings().toString()).isNotNull();
        Analysis analysis = Analysis.of(tables);
        assertThat(analysis.findings()).extracting(Finding::code).doesNotContain("analysis-incomplete");
        assertThat(analysis.findings().stream().noneMatch(it -> it.code().equals("never-matches")))
                .as(analysis.findings().toString())
                .isEqualTo(matches);
        new WitnessCheck(tables).check(analysis);
    }

    private static PolicyFile sheet(String word, String... lines) {
        SheetBuilder sheet = SheetBuilder.sheet(word).line(word);
        for (String line : lines) {
            sheet.line((Object[]) line.split(" \\| "));
        }
        return sheet.csv(word + ".csv");
    }
}
