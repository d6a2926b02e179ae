package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code leeway diff}: what is said of a changed table, and with which exit code. */
class DiffCommandTest {
    private final CommandRun leeway = CommandRun.onTables();

    @TempDir
    Path directory;

    @Test
    void aMovedLimitGivesMoreLeewayAndIsShown() throws IOException {
        assertThat(diff(limit(500), limit(700))).isEqualTo(5);
        assertThat(leeway.output())
                .startsWith("changed  billing.csv › D10  REM-01, Amount up to: `500` → `700`\n\n"
                        + "LOOSER   some get more leeway\n")
                .contains(
                        "more     `REM-01` gives `Autonomous` to `billing.adjust` of 501 USD, which no row granted",
                        "           billing.csv › A10:F10",
                        "           = shown by: billing.adjust, 501 USD");
    }

    @Test
    void theOtherWayRoundNobodyGetsMore() throws IOException {
        assertThat(diff(limit(700), limit(500))).isZero();
        assertThat(leeway.output()).contains("\nTIGHTER  some get less leeway, and nobody gets more\nless     ");
    }

    @Test
    void whatIsSaidInOtherWordsIsEqual() throws IOException {
        SheetBuilder inTwo = limit(200).row("REM-02", "billing.adjust", "USD", 500, "Autonomous", "Larger ones.");
        assertThat(diff(limit(500), inTwo)).isZero();
        assertThat(leeway.output())
                .startsWith("changed  billing.csv › D10  REM-01, Amount up to: `500` → `200`\n"
                        + "added    billing.csv › A11  REM-02\n")
                .endsWith("\nEQUAL    every proposal gets the same leeway\n");
    }

    @Test
    void whatSaysTheSameIsTold() throws IOException {
        assertThat(diff(limit(500), limit(500))).isZero();
        assertThat(leeway.output())
                .isEqualTo("no cell says anything else\n\nEQUAL    every proposal gets the same leeway\n");
    }

    @Test
    void tellsProgramsToo() throws IOException {
        assertThat(diff(limit(500), limit(700), "--json")).isEqualTo(5);
        JsonNode report = new ObjectMapper().readTree(leeway.output());
        assertThat(report.get("meaning").asText()).isEqualTo("LOOSER");
        assertThat(report.at("/cells/0/to").asText()).isEqualTo("700");
        assertThat(report.at("/witnesses/0/rows/0/rule").asText()).isEqualTo("REM-01");
        assertThat(report.at("/witnesses/0/proposal/action/amount/value").asText())
                .isEqualTo("501");
    }

    @Test
    void rulesInDrlThatDifferAreNotCompared() throws IOException {
        Path old = write("old", limit(500));
        Path next = write("next", limit(500));
        Files.writeString(next.resolve("more.drl"), """
                package leeway.rules
                import io.leeway.model.Proposal
                global io.leeway.policy.VerdictBuilder verdict
                rule "Nothing" @owner("me")
                when Proposal(action.type == "billing.adjust")
                then verdict.require("Human in control"); verdict.because("Never.");
                end
                """);
        assertThat(leeway.run("diff", old.toString(), next.toString())).isEqualTo(5);
        assertThat(leeway.output()).contains("\nUNPROVEN ", "the DRL rules differ", "added    more.drl\n");
    }

    @Test
    void whatIsNoPolicyIsNotCompared() throws IOException {
        assertThat(diff(limit(500), limit(500).set("E10", "Autonomus"))).isEqualTo(3);
        assertThat(leeway.errors()).contains("unknown-mode");
    }

    private static SheetBuilder limit(int amount) {
        return SheetBuilder.policy("Remit", "owner@example.com")
                .table("Remit")
                .name()
                .condition("Action", "forall(||){action.type == \"$\"}")
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount up to", "action.amount <= $param")
                .grant()
                .because()
                .row("REM-01", "billing.adjust", "USD", amount, "Autonomous", "Small ones.");
    }

    private int diff(SheetBuilder old, SheetBuilder next, String... options) throws IOException {
        String before = write("old", old).toString();
        String after = write("next", next).toString();
        return leeway.run(Stream.concat(Stream.of("diff", before, after), Stream.of(options))
                .toArray(String[]::new));
    }

    private Path write(String name, SheetBuilder sheet) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name));
        Files.write(target.resolve("billing.csv"), sheet.csv("billing.csv").bytes());
        return target;
    }
}
