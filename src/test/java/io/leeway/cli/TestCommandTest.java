package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What {@code leeway test} prints, writes and exits with. */
class TestCommandTest {
    private static final String PASSING = """
            Tests
            Id,action.type,action.currency,action.amount,expect.mode
            T-1,billing.adjust,USD,500,Autonomous
            """;

    private final CommandRun leeway = CommandRun.offline();

    @TempDir
    Path directory;

    @BeforeEach
    void writeTables() throws IOException {
        Files.copy(Path.of("src/test/resources/cases/workbooks/remit.csv"), directory.resolve("remit.csv"));
    }

    @Test
    void passingTestsExitWithZeroAndSayWhatTheyReach() throws IOException {
        tests(PASSING);
        assertThat(leeway.run("test", directory.toString())).isZero();
        assertThat(leeway.output()).isEqualTo("""
                1 of 1 tests passed
                2 of 2 rows are matched by a test
                0 of 6 conditions are shown from both sides
                5 boundary cases are missing; --propose prints them
                """);
    }

    @Test
    void aFailingTestExitsWithFourAndSaysWhy() throws IOException {
        tests(PASSING + "T-2,billing.refund,USD,501,Autonomous\n");
        Path junit = directory.resolve("report.xml");
        assertThat(leeway.run("test", directory.toString(), "--junit", junit.toString()))
                .isEqualTo(4);
        assertThat(leeway.output()).startsWith("""
                        FAILED T-2  tests.csv row 4
                          E4: expected Autonomous, got Human in control
                            No rule puts this action inside an agent's remit, so a person must do it.
                            `REM-01` grants autonomous and did not match, remit.csv › A11:F11: D11: `action.amount` is 501 USD, asked is at most 500 USD (1 USD too much)
                        1 of 2 tests passed
                        """);
        Element suite = parsed(junit);
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("`action.amount` is 501 USD");
    }

    @Test
    void programsReadTheSameAsJson() throws IOException {
        tests(PASSING + "T-2,billing.refund,USD,501,Autonomous\n");
        assertThat(leeway.run("test", directory.toString(), "--json")).isEqualTo(4);
        JsonNode report = new ObjectMapper().readTree(leeway.output());
        assertThat(report.at("/tests/1/failures/0/cell").asText()).isEqualTo("E4");
        assertThat(report.at("/coverage/0/tests").asInt()).isEqualTo(1);
        assertThat(report.at("/coverage/0/conditions/2/failedAlone").asBoolean())
                .isTrue();
    }

    @Test
    void proposedLinesPassWhenPasted() throws IOException {
        tests(PASSING);
        assertThat(leeway.run("test", directory.toString(), "--propose")).isZero();
        tests("Tests\n" + leeway.output());
        assertThat(leeway.run("test", directory.toString())).isZero();
        assertThat(leeway.output()).contains("5 of 5 tests passed");
    }

    @Test
    void findingsExitWithThreeAndWrongUseWithTwo() throws IOException {
        tests("Tests\nId,action.amuont,expect.mode\n");
        assertThat(leeway.run("test", directory.toString())).isEqualTo(3);
        assertThat(leeway.errors())
                .contains("tests.csv › B2: unknown path `action.amuont`, did you mean `action.amount`?");
        assertThat(leeway.run("test")).isEqualTo(2);
        assertThat(leeway.run("test", directory.resolve("nowhere").toString())).isEqualTo(2);
    }

    @Test
    void explainSaysOfEveryRowWhetherItMatchedAndWhatWouldHelp() throws IOException {
        Path proposal = Files.writeString(directory.resolve("proposal.json"), """
                {"action":{"id":"a-1","type":"billing.adjust","amount":{"value":"620.00","currency":"USD"}},
                 "agent":{"id":"agent-1"},"subject":{"type":"invoice","id":"INV-7"}}
                """);
        assertThat(leeway.run("explain", proposal.toString(), "--policy", directory.toString()))
                .isZero();
        assertThat(leeway.output()).isEqualTo("""
                proposal.json
                HUMAN IN THE LOOP  Larger ones need a lead.
                MATCHED
                  REM-02  grants human in the loop  remit.csv › A12:F12
                    B12: `action.type` is `billing.adjust`, asked is `billing.adjust`
                    C12: `action.currency` is `USD`, asked is `USD`
                    D12: `action.amount` is 620.00 USD, asked is at most 2000 USD
                NEARLY
                  REM-01  grants autonomous  remit.csv › A11:F11
                    D11: `action.amount` is 620.00 USD, asked is at most 500 USD (120 USD too much)
                LESS STRICT
                  autonomous if `action.amount` were 500 USD instead of 620.00 USD (remit.csv › D11: at most 500 USD), nothing else
                """);
        assertThat(leeway.run("explain", directory.resolve("remit.csv").toString()))
                .isEqualTo(2);
    }

    private void tests(String lines) throws IOException {
        Files.writeString(directory.resolve("tests.csv"), lines);
    }

    private static Element parsed(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
