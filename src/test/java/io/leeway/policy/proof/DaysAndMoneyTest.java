package io.leeway.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.proof.BoundaryCases.BoundaryCase;
import io.leeway.policy.table.Conversion;
import io.leeway.policy.table.Conversion.Format;
import io.leeway.policy.table.Conversion.Layout;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.policy.table.StockExport;
import io.leeway.testing.SheetBuilder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A policy on working days, rates and ratios, from its sheets to verdicts, tests, conversions and explanations. */
class DaysAndMoneyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final List<PolicyFile> FILES = List.of(
            sheet(
                    "payments",
                    "Owner | finance@example.com",
                    "Time zone | Europe/Berlin",
                    "May act Payments",
                    "Id | Action | Weekday | Time from, before | Not calendar | Amount in EUR up to | Share of original up to"
                            + " | Mode | Because",
                    "PAY-01 | pay | not Saturday, Sunday | '9:00, 17:30 | closing | 1000 | 1.1 | Autonomous | By day."),
            sheet(
                    "calendars",
                    "Calendars",
                    "Calendar | Day | Meaning",
                    "closing | last working day of month | The books are closed",
                    "holidays | 2026-12-24..2026-12-31"),
            sheet(
                    "rates",
                    "Rates",
                    "From | To | Rate | Valid from | Valid until",
                    "USD | EUR | 0.8 | | 2026-11-22",
                    "USD | EUR | 0.9 | 2026-11-23"),
            sheet("vocabulary", "Vocabulary", "Attribute | Type | Unit | Allowed | Meaning", "original | number"));

    private static final List<String> TESTS = List.of(
            "Tests",
            "Id | action.type | now | action.currency | action.amount | action.number(\"original\") | expect.mode",
            "nine | pay | 2026-11-23T08:00:00Z | EUR | 1000 | 1000 | Autonomous",
            "before-nine | pay | 2026-11-23T07:59:59.999999Z | EUR | 1000 | 1000 | Human in control",
            "before-half-past-five | pay | 2026-11-23T16:29:59.999999Z | EUR | 1000 | 1000 | Autonomous",
            "half-past-five | pay | 2026-11-23T16:30:00Z | EUR | 1000 | 1000 | Human in control",
            "nine-in-summer | pay | 2026-07-01T07:00:00Z | EUR | 1000 | 1000 | Autonomous",
            "sunday | pay | 2026-11-22T10:00:00Z | EUR | 1000 | 1000 | Human in control",
            "last-working-day | pay | 2026-11-30T10:00:00Z | EUR | 1000 | 1000 | Human in control",
            "before-holidays | pay | 2026-12-23T10:00:00Z | EUR | 1000 | 1000 | Human in control",
            "before-that | pay | 2026-12-22T10:00:00Z | EUR | 1000 | 1000 | Autonomous",
            "dollars | pay | 2026-11-23T10:00:00Z | USD | 1111.11 | 1111 | Autonomous",
            "too-many-dollars | pay | 2026-11-23T10:00:00Z | USD | 1111.12 | 1111 | Human in control",
            "earlier-rate | pay | 2026-11-20T10:00:00Z | USD | 1250 | 1250 | Autonomous",
            "no-rate | pay | 2026-11-23T10:00:00Z | CHF | 1 | 1 | Human in control",
            "ten-percent-more | pay | 2026-11-23T10:00:00Z | EUR | 990 | 900 | Autonomous",
            "a-cent-beyond | pay | 2026-11-23T10:00:00Z | EUR | 990.01 | 900 | Human in control",
            "nothing-to-compare | pay | 2026-11-23T10:00:00Z | EUR | 990 | | Human in control",
            "nothing-to-divide-by | pay | 2026-11-23T10:00:00Z | EUR | 990 | 0 | Human in control");

    private static final List<String> GIVEN = List.of(
            "Tests",
            "Id | action.type | now.weekday(\"Europe/Berlin\") | now.time(\"Europe/Berlin\")"
                    + " | now.calendar(\"closing\", \"Europe/Berlin\") | action.amountIn(\"EUR\")"
                    + " | action.ratio(\"amount\", \"original\") | action.currency | expect.mode",
            "all | pay | Friday | 9 | FALSE | 900 | 1.05 | | Autonomous",
            "closing | pay | Thursday | 9 | TRUE | 900 | 1 | | Human in control",
            "dollars | pay | Friday | 17.25 | FALSE | 900 | 1 | USD | Autonomous",
            "sunday | pay | Sunday | 12 | FALSE | 900 | 1 | | Human in control");

    @Test
    void rows_hold_at_the_hours_days_and_rates_that_they_name() {
        assertPassed(with(TESTS));
        assertPassed(with(GIVEN));
    }

    @Test
    void proposed_boundary_cases_pass_when_they_are_pasted() {
        CompiledPolicy policy = compile(FILES);
        List<BoundaryCase> cases = BoundaryCases.missing(policy, TestRun.of(policy, SmallPolicy.NOW), SmallPolicy.NOW);
        assertThat(cases)
                .extracting(it -> it.condition().path().text())
                .contains(
                        "now.time(\"Europe/Berlin\")",
                        "action.amountIn(\"EUR\")",
                        "action.ratio(\"amount\", \"original\")");
        String csv = "Tests\n" + String.join("\n", TestLines.of(BoundaryCases.headings(List.of(), cases), cases));
        List<PolicyFile> all = new ArrayList<>(FILES);
        all.add(new PolicyFile("pasted.csv", csv.getBytes(StandardCharsets.UTF_8)));
        assertPassed(compile(all));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void both_layouts_say_the_same_and_so_there_and_back(Format format) {
        Conversion.Converted drools = Conversion.convert(FILES, Layout.DROOLS, format, TODAY);
        assertThat(drools.problems()).isEmpty();
        Conversion.Converted plain = Conversion.convert(drools.files(), Layout.PLAIN, format, TODAY);
        assertThat(plain.problems()).isEmpty();
        for (List<PolicyFile> files : List.of(drools.files(), plain.files())) {
            List<PolicyFile> all = new ArrayList<>(files);
            all.add(sheet("tests", TESTS.toArray(String[]::new)));
            assertPassed(compile(all));
        }
    }

    @Test
    void stock_drools_is_refused_with_the_cells_that_it_cannot_ask() {
        PolicyTables tables = compile(FILES).tables();
        assertThat(StockExport.problems(tables))
                .hasSize(5)
                .anyMatch(it -> it.startsWith("payments.csv › C5: `now.weekday(\"Europe/Berlin\")` cannot be asked"))
                .noneMatch(it -> it.contains("ratio"));
        assertThatThrownBy(() -> StockExport.csv(tables)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tests_say_why_a_row_did_not_hold() {
        CompiledPolicy policy = with(
                List.of("Tests", TESTS.get(1), "late | pay | 2026-11-23T17:45:00Z | USD | 1200 | 1200 | Autonomous"));
        TestResult result = TestRun.of(policy, SmallPolicy.NOW).results().get(0);
        assertThat(result.failures().get(0).why().toString())
                .contains("`now.time(\"Europe/Berlin\")` is 18:45, asked is before 17:30 (1 h 15 min too late)")
                .contains("`action.amountIn(\"EUR\")` is 1080.0 EUR, asked is at most 1000 EUR (80 EUR too much)");
    }

    @Test
    void the_nearest_change_is_told_in_the_amounts_own_currency() {
        CompiledPolicy policy = with(List.of(
                "Tests", TESTS.get(1), "dollars | pay | 2026-11-23T10:00:00Z | USD | 1200 | 1200 | Human in control"));
        Trial trial = TestRun.of(policy, SmallPolicy.NOW).trials().get(0);
        assertThat(Counterfactuals.of(policy, trial.proposal()).changes())
                .extracting(Counterfactual::sentence)
                .containsExactly("autonomous if `action.amount` were 1111.11 USD instead of 1200 USD"
                        + " (payments.csv › F5: at most 1000 EUR), nothing else");
    }

    private static void assertPassed(CompiledPolicy policy) {
        assertThat(policy.tables().tests()).isNotEmpty();
        assertThat(TestRun.of(policy, SmallPolicy.NOW).results())
                .allSatisfy(result ->
                        assertThat(result.failures()).as(result.test().id()).isEmpty());
    }

    private static CompiledPolicy with(List<String> tests) {
        List<PolicyFile> all = new ArrayList<>(FILES);
        all.add(sheet("tests", tests.toArray(String[]::new)));
        return compile(all);
    }

    private static CompiledPolicy compile(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.tables()).as(reading.findings().toString()).isNotNull();
        CompiledPolicy policy = PolicyCompiler.compile("test", "sha256:00", reading.tables(), List.of())
                .policy();
        assertThat(policy).isNotNull();
        return policy;
    }

    private static PolicyFile sheet(String name, String... lines) {
        return SheetBuilder.of(name, Arrays.asList(lines)).csv(name + ".csv");
    }
}
