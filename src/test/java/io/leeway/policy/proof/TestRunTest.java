package io.leeway.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.policy.proof.TestResult.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRunTest {
    private static final String FRESH = "action.confidence | evidence.staleAfter(\"charge.record\", \"PT15M\")";
    private static final String HEADER = "Id | action.type | action.currency | action.amount | " + FRESH
            + " | expect.mode | expect.rows | expect.because";

    @Test
    void testsThatSayWhatHappensPass() {
        TestRun run = run(
                HEADER,
                "T-1 | billing.adjust | USD | 500 | 0.9 | FALSE | Autonomous | REM-01, REM-02 | Small corrections are the agent's remit.",
                "T-2 | billing.adjust | USD | 500.01 | 0.9 | FALSE | Human in the loop | REM-02",
                "T-3 | billing.adjust | USD | 500 | 0.79 | FALSE | Human in the loop | SAFE-01, REM-01, REM-02 | The agent is not sure.",
                "T-4 | billing.adjust | USD | 500 | 0.9 | TRUE | Human in control",
                "T-5 | billing.adjust | EUR | 500 | 0.9 | FALSE | Human in control | none");
        assertThat(run.results())
                .hasSize(5)
                .allSatisfy(result ->
                        assertThat(result.failures()).as(result.test().id()).isEmpty());
    }

    @Test
    void aFailureSaysCellByCellWhatCameInsteadAndWhy() {
        TestResult result = run(
                        HEADER,
                        "T-1 | billing.adjust | USD | 620 | 0.9 | FALSE | Autonomous | REM-01, REM-2 | Small corrections are the agent's remit.")
                .results()
                .get(0);
        assertThat(result.failures()).extracting(Failure::cell).containsExactly("G3", "H3", "I3");
        Failure mode = result.failures().get(0);
        assertThat(mode.expected()).isEqualTo("Autonomous");
        assertThat(mode.got()).isEqualTo("Human in the loop");
        assertThat(mode.why())
                .containsExactly(
                        "`REM-02` decided: Larger ones need a lead.",
                        "`REM-01` grants autonomous and did not match, small.csv › A8:F8: D8: `action.amount` is 620 USD,"
                                + " asked is at most 500 USD (120 USD too much)");
        assertThat(result.failures().get(1).why())
                .containsExactly(
                        "`REM-01` grants autonomous and did not match, small.csv › A8:F8: D8: `action.amount` is 620 USD,"
                                + " asked is at most 500 USD (120 USD too much)",
                        "`REM-2` did not match: no row has this id, did you mean `REM-02`?",
                        "`REM-02` grants human in the loop and matched, small.csv › A9:F9: B9: `action.type` is"
                                + " `billing.adjust`, asked is `billing.adjust`; C9: `action.currency` is `USD`, asked is"
                                + " `USD`; D9: `action.amount` is 620 USD, asked is at most 2000 USD");
        assertThat(result.failures().get(2).got()).isEqualTo("Larger ones need a lead.");
    }

    @Test
    void aSafeguardThatShouldHaveSpokenSaysHowFarItWas() {
        TestResult result = run(
                        "Id | action.type | evidence.ageSeconds(\"charge.record\") | expect.rows",
                        "T-1 | billing.adjust | 900 | SAFE-01, SAFE-02")
                .results()
                .get(0);
        assertThat(result.failures().get(0).why())
                .containsExactly(
                        "`SAFE-02` requires human in control and did not match, small.csv › A16:E16: C16: evidence"
                                + " `charge.record` is 15 min old, asked is older than 15 min, or not usable");
    }

    @Test
    void factsThatExcludeEachOtherFailAtTheirCells() {
        TestRun run = run(
                "Id | action.amount | evidence.staleAfter(\"charge.record\", \"PT15M\") | evidence.ageSeconds(\"charge.record\") | expect.mode",
                "T-1 | 500 | FALSE | 901 | Human in control");
        assertThat(run.results().get(0).failures()).extracting(Failure::cell).containsExactly("B3", "C3");
        assertThat(run.passed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "agent.stage, SHADOW, Human in control",
        "agent.stage, SUPERVISED, Human in the loop",
        "agent.stage, FULL, Autonomous",
        "trace.depth, 3, Autonomous",
        "now, 2026-01-01, Autonomous",
        "now, 2026-01-01T08:00:00Z, Autonomous",
        "agent.onBehalfOf, someone, Autonomous",
        "evidence.count, 2, Autonomous",
        "evidence.oldestSeconds, 60, Autonomous",
    })
    void factsAroundTheProposalAreColumns(String heading, String value, String mode) {
        TestRun run = run(
                HEADER.replace("expect.mode", heading + " | expect.mode"),
                "T-1 | billing.refund | USD | 500 | 0.9 | FALSE | " + value + " | " + mode);
        assertThat(run.results().get(0).failures()).isEmpty();
    }

    @Test
    void rowsAreCoveredByTestsThatMatchThemAndConditionsByWhatTheyDecideAlone() {
        TestRun run = run(
                HEADER,
                "T-1 | billing.adjust | USD | 500 | 0.9 | FALSE | Autonomous",
                "T-2 | billing.adjust | USD | 501 | 0.9 | FALSE | Human in the loop");
        Coverage coverage = Coverage.of(SmallPolicy.with().tables().rows(), run.trials());
        assertThat(coverage.rows())
                .extracting(row -> row.row().id(), Coverage.RowCoverage::tests)
                .containsExactly(tuple("REM-01", 1), tuple("REM-02", 2), tuple("SAFE-01", 0), tuple("SAFE-02", 0));
        assertThat(coverage.rows().get(0).conditions())
                .extracting(condition -> condition.condition().cell(), Coverage.ConditionCoverage::isShownFromBothSides)
                .containsExactly(tuple("B8", false), tuple("C8", false), tuple("D8", true));
        assertThat(coverage.rows().get(2).conditions().get(0).failedAlone()).isTrue();
    }

    private static TestRun run(String... lines) {
        String[] sheet = new String[lines.length + 1];
        sheet[0] = "Tests";
        System.arraycopy(lines, 0, sheet, 1, lines.length);
        return TestRun.of(SmallPolicy.with(sheet), SmallPolicy.NOW);
    }
}
