package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Effect;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.table.Excerpts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The row as its owner knows it: his labels, his texts, the cells that decided. */
class SheetViewTest {
    private static final PolicyFile FILE = new PolicyFile("limits.csv", """
            Spend limits
            Owner,owner@example.com
            May act,Small corrections
            Id,Action,Currency,Amount up to,Mode,Because
            REM-01,billing.adjust,USD,500,Autonomous,Small corrections are the agent's remit.

            ,,,,,,,a note beside the table
            """.getBytes(StandardCharsets.UTF_8));

    private static MatchedRule rule(boolean decisive) {
        return new MatchedRule(
                "REM-01",
                Effect.GRANT,
                Mode.AUTONOMOUS,
                decisive,
                "Small corrections",
                "Small corrections are the agent's remit.",
                "owner@example.com",
                new RuleSource("limits.csv", null, "A5:F5", FILE.sha256()),
                List.of(
                        new MatchedCondition("action.type", "in", "billing.adjust", "billing.adjust", null, "B5"),
                        new MatchedCondition("action.amount", "<=", "500", "120", null, "D5")));
    }

    private static SheetView of(MatchedRule rule, List<PolicyFile> files) {
        return SheetView.of(rule, Optional.ofNullable(rule.source()).flatMap(new Excerpts(files)::of))
                .orElseThrow();
    }

    @Test
    void showsTheWholeRowUnderItsLabels() {
        SheetView sheet = of(rule(true), List.of(FILE));
        assertThat(sheet.whole()).isTrue();
        assertThat(sheet.line()).isEqualTo("5");
        assertThat(sheet.cells())
                .containsExactly(
                        new SheetView.Cell("A", "Id", "REM-01", false),
                        new SheetView.Cell("B", "Action", "billing.adjust", true),
                        new SheetView.Cell("C", "Currency", "USD", false),
                        new SheetView.Cell("D", "Amount up to", "500", true),
                        new SheetView.Cell("E", "Mode", "Autonomous", false),
                        new SheetView.Cell("F", "Because", "Small corrections are the agent's remit.", false));
        assertThat(sheet.labelOf("D5")).isEqualTo("Amount up to");
        assertThat(sheet.labelOf("D6")).isEmpty();
    }

    @Test
    void cellsOfARowThatDidNotDecideAreNotMarked() {
        assertThat(of(rule(false), List.of(FILE)).cells()).noneMatch(SheetView.Cell::decided);
    }

    @Test
    void withoutTheFileOnlyWhatTheRecordHolds() {
        SheetView sheet = of(rule(true), List.of());
        assertThat(sheet.whole()).isFalse();
        assertThat(sheet.cells())
                .containsExactly(
                        new SheetView.Cell("B", "action.type", "in billing.adjust", true),
                        new SheetView.Cell("D", "action.amount", "<= 500", true));
    }

    @Test
    void stopsAndStagesStandInNoSheet() {
        MatchedRule stage = new MatchedRule(
                "STAGE", Effect.REQUIRE, Mode.HUMAN_IN_THE_LOOP, true, null, "because", null, null, List.of());
        assertThat(SheetView.of(stage, Optional.empty())).isEmpty();
    }
}
