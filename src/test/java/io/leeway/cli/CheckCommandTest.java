package io.leeway.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.api.json.ProposalReader;
import io.leeway.model.Proposal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.table.WorkbookTemplate;
import io.leeway.testing.CellEdit;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What {@code leeway check} shows, writes and exits with. */
class CheckCommandTest {
    private static final String FORBIDDEN = """
            package x;
            import java.lang.Runtime;
            global io.leeway.policy.VerdictBuilder verdict;
            rule "a" @owner("me") when Proposal() then verdict.require("Human in control"); verdict.because("x"); end
            """;

    private final CommandRun leeway = CommandRun.onTables();

    @TempDir
    Path directory;

    @Test
    void findsNothingInASoundPolicy() throws IOException {
        write(policy(500, "Autonomous").xlsx("billing.xlsx"));

        write(SheetBuilder.of(
                        "Actions",
                        List.of(
                                "Actions",
                                "Type | Meaning | Amount | Required evidence | Attributes",
                                "billing.adjust | Correct a charge | required | |"))
                .csv("actions.csv"));
        write(SheetBuilder.policy("Rest", "owner@example.com")
                .table("Rest")
                .name()
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount above", "action.amount > $param")
                .require()
                .because()
                .row("SAF-01", "USD", 500, "Human in control", "Larger ones are a person's.")
                .xlsx("rest.xlsx"));
        write(SheetBuilder.of(
                        "Vocabulary",
                        List.of(
                                "Vocabulary",
                                "Attribute | Type | Unit | Allowed | Meaning",
                                "action.currency | text | | USD | Money"))
                .csv("vocabulary.csv"));

        assertThat(run(directory.toString())).isZero();
        assertThat(output()).isEqualTo("no findings in 4 files\n");
    }

    @Test
    void notesWhatNobodySpeaksAboutAndShowsIt() throws IOException {
        write(policy(500, "Autonomous").xlsx("billing.xlsx"));

        assertThat(run(directory.toString())).isZero();
        assertThat(output())
                .contains(
                        "note: no grant covers `billing.adjust`",
                        "#authority-gap",
                        "= shown by: billing.adjust, ",
                        "notes in 1 file");
    }

    @Test
    void showsWhichCellOfATestFailsAndExitsWith4() throws IOException {
        write(policy(50, "Autonomous").xlsx("billing.xlsx"));
        write(SheetBuilder.of(
                        "Tests",
                        List.of(
                                "Tests",
                                "Id | action.type | action.currency | action.amount | expect.mode",
                                "at-the-limit | billing.adjust | USD | 500 | Autonomous"))
                .csv("tests.csv"));

        assertThat(run(directory.toString())).isEqualTo(4);
        assertThat(output())
                .contains(
                        "error: test `at-the-limit` expected `Autonomous`, got `Human in control`",
                        "tests.csv › E3",
                        "450 USD too much",
                        "#failed-test");
    }

    @Test
    void refutesAGuaranteeByAProposalThatCanBeSent() throws IOException {
        write(policy(500, "Autonomous").xlsx("billing.xlsx"));
        write(SheetBuilder.of(
                        "Guarantees",
                        List.of(
                                "Guarantees",
                                "Id | When | Then | Owner | Why",
                                "GUA-1 | action.amount > 200 | never Autonomous | board@example.com | Agreed in March.",
                                "GUA-2 | action.amount > 500 | never Autonomous | board@example.com | Agreed in March."))
                .csv("guarantees.csv"));

        assertThat(run(directory.toString(), "--json")).isEqualTo(3);
        List<JsonNode> broken = new ArrayList<>();
        new ObjectMapper().readTree(output()).forEach(it -> {
            if (it.get("code").asText().equals("broken-guarantee")) {
                broken.add(it);
            }
        });
        assertThat(broken).hasSize(1);
        assertThat(broken.get(0).get("cell").asText()).isEqualTo("C3");
        assertThat(broken.get(0).get("message").asText())
                .contains("`GUA-1`, `never Autonomous`, does not hold", "would be `Autonomous`: `REM-01` grants it");
        Proposal witness = ProposalReader.read(
                        broken.get(0).get("witness").get("proposal").toString().getBytes(StandardCharsets.UTF_8))
                .proposal();
        assertThat(witness.action().type()).isEqualTo("billing.adjust");
        assertThat(witness.action().amount()).isBetween(new BigDecimal("200.000001"), new BigDecimal("500"));
    }

    @Test
    void drawsTheRowWithACaretUnderTheCell() throws IOException {
        write(policy(500, "Autonomus").xlsx("billing.xlsx"));

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output()).isEqualTo("""
                error: unknown mode `Autonomus`, did you mean `Autonomous`?
                  --> billing.xlsx › Remit › E10
                   |
                   |  A       B               C         D             E          F
                   |  Id      Action          Currency  Amount up to  Mode       Because
                10 |  REM-01  billing.adjust  USD       500           Autonomus  Small ones.
                   |                                                  ^^^^^^^^^
                   = help: modes are Autonomous, Human in the loop, Human in control; for safeguards also Prohibited
                   = docs/findings.md#unknown-mode

                1 error in 1 file
                """);
    }

    @Test
    void marksTheWordThatIsMeantAndTheBlankCellThatIsMissing() throws IOException {
        SheetBuilder sheet =
                policy(500, "Autonomous").set("D8", "action.amuont <= $param").set("F10", null);
        write(sheet.csv("billing.csv"));

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output())
                .contains("action.amuont <= $param", "^^^^^^^^^^^^^\n")
                .contains("REM-01  billing.adjust  USD       500           Autonomous\n")
                .containsPattern("\\| {62}\\^\n")
                .endsWith("2 errors in 1 file\n");
    }

    @Test
    void drawsOnlyTheNeighboursThatFit() throws IOException {
        SheetBuilder sheet =
                SheetBuilder.policy("Wide", "owner@example.com").table("Wide").name();
        for (int i = 0; i < 20; i++) {
            sheet.condition("Condition number " + i, "agent.id == \"$param\"");
        }
        Object[] cells = new Object[23];
        cells[0] = "W-1";
        cells[15] = true;
        cells[21] = "Autonomous";
        cells[22] = "Because.";
        write(sheet.grant().because().row(cells).xlsx("wide.xlsx"));

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(130))
                .anyMatch(line -> line.contains("…") && line.contains("Condition number 14"))
                .noneMatch(line -> line.contains("Condition number 3"));
    }

    @Test
    void showsTheLineOfARule() throws IOException {
        write(policy(500, "Autonomous").xlsx("billing.xlsx"));
        Files.writeString(directory.resolve("rules.drl"), FORBIDDEN);

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output()).contains("--> rules.drl › 2", "2 |  import java.lang.Runtime;", "^^^^", "#drl-import");
    }

    @Test
    void findsWhatIsWrongWithRulesAndTablesAtOnce() throws IOException {
        write(policy(500, "Autonomus").xlsx("billing.xlsx"));
        Files.writeString(directory.resolve("rules.drl"), FORBIDDEN);

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output()).contains("#unknown-mode", "#drl-import");
    }

    @Test
    void letsNothingInAFileSteerTheTerminal() throws IOException {
        write(policy(500, "\u202eAuto\u009bnomous").csv("billing.csv"));
        Files.writeString(directory.resolve("evil\u001b[2J.ods"), "");

        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output())
                .contains("\uFFFDAuto\uFFFDnomous", "evil\uFFFD[2J.ods", "1 warning")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void coloursOnlyWhereATerminalShowsIt() throws IOException {
        write(policy(500, "Autonomus").xlsx("billing.xlsx"));

        assertThat(leeway.run(true, Map.of(), "check", directory.toString())).isEqualTo(3);
        assertThat(output()).startsWith("\u001b[1;31merror\u001b[0m: ").contains("\u001b[1;31m^^^^^^^^^\u001b[0m");
    }

    @Test
    void passesWithWarnings() throws IOException {
        write(policy(500, "Autonomous").set("F10", "The agent’s own.").xlsx("billing.xlsx"));
        Files.writeString(directory.resolve("old.xls"), "");

        assertThat(run(directory.toString())).isZero();
        assertThat(output())
                .contains("warning: smart quotes", "warning: `old.xls` is no part of the policy")
                .endsWith("2 warnings, 2 notes in 1 file\n");
    }

    @Test
    void printsFindingsAsJson() throws IOException {
        write(policy(500, "Autonomus").xlsx("billing.xlsx"));

        assertThat(run(directory.toString(), "--json")).isEqualTo(3);
        JsonNode findings = new ObjectMapper().readTree(output());
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).toString())
                .startsWith("{\"severity\":\"ERROR\",\"code\":\"unknown-mode\",\"file\":\"billing.xlsx\","
                        + "\"sheet\":\"Remit\",\"cell\":\"E10\",\"message\":\"unknown mode `Autonomus`")
                .endsWith("\"docs\":\"docs/findings.md#unknown-mode\"}");
        write(policy(500, "Autonomous").xlsx("billing.xlsx"));
        assertThat(run(directory.toString(), "--json")).isZero();
        assertThat(new ObjectMapper().readTree(output())).hasSize(2).allSatisfy(note -> {
            assertThat(note.get("severity").asText()).isEqualTo("INFO");
            assertThat(note.at("/witness/proposal/action/type").asText()).isEqualTo("billing.adjust");
        });
    }

    @Test
    void writesJUnitXmlForContinuousIntegration() throws Exception {
        write(policy(500, "Auto\u0001nomus").set("F10", "The agent’s <own>.").csv("billing.csv"));
        write(SheetBuilder.of("Notes", List.of("Note | hello")).csv("notes.csv"));
        Files.writeString(
                directory.resolve("rules.drl"),
                "package x;\nimport io.leeway.model.Proposal;\nglobal io.leeway.policy.VerdictBuilder verdict;\n"
                        + "rule \"a\" @owner(\"me\") when Proposal() then verdict.require(\"Human in control\");"
                        + " verdict.because(\"x\"); end\n");
        Path report = directory.resolve("reports/check.xml");

        assertThat(run(directory.toString(), "--junit", report.toString())).isEqualTo(3);
        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        assertThat(suite(xml, 0)).isEqualTo("billing.csv tests=2 failures=1");
        assertThat(suite(xml, 1)).isEqualTo("notes.csv tests=1 failures=0");
        assertThat(suite(xml, 2)).isEqualTo("rules.drl tests=1 failures=0");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("E10 bad-character");
        assertThat(failure.getTextContent()).contains("billing.csv › E10", "docs/findings.md#bad-character");
    }

    @Test
    void writesAnnotatedCopiesBesideNothingElse() throws IOException {
        write(policy(500, "Autonomus").xlsx("billing.xlsx"));
        write(policy(500, "Autonomus")
                .set("A5", "RuleTable Other")
                .set("A10", "REM-02")
                .csv("more.csv"));
        Files.writeString(directory.resolve("broken.xlsx"), "no zip");
        byte[] before = Files.readAllBytes(directory.resolve("billing.xlsx"));
        Path copies = directory.resolve("copies");

        assertThat(run(directory.toString(), "--annotate", copies.toString())).isEqualTo(3);
        assertThat(copies).isDirectoryContaining("glob:**/billing.xlsx").isDirectoryContaining("glob:**/more.csv.xlsx");
        assertThat(Files.list(copies)).hasSize(2);
        assertThat(errors()).isEqualTo("leeway: no annotated copy of `broken.xlsx`: it cannot be read\n");
        assertThat(Files.readAllBytes(directory.resolve("billing.xlsx"))).isEqualTo(before);
    }

    @Test
    void cleansMendedCopiesOfTheirMarks() throws IOException {
        PolicyFile sound = WorkbookTemplate.starter("billing", "me", List.of(), LocalDate.of(2026, 11, 23));
        write(CellEdit.apply(sound, List.of(new CellEdit("Billing", "F7", "Autonomus"))));
        Path copies = directory.resolve("copies");
        assertThat(run(directory.toString(), "--annotate", copies.toString())).isEqualTo(3);
        PolicyFile copy = new PolicyFile("billing.xlsx", Files.readAllBytes(copies.resolve("billing.xlsx")));
        write(CellEdit.apply(copy, List.of(new CellEdit("Billing", "F7", "Autonomous"))));

        assertThat(run(directory.toString(), "--annotate", copies.toString())).isZero();
        Files.copy(copies.resolve("billing.xlsx"), directory.resolve("billing.xlsx"), REPLACE_EXISTING);
        Files.delete(copies.resolve("billing.xlsx"));
        assertThat(run(directory.toString(), "--annotate", copies.toString())).isZero();
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void refusesWrongUse() throws IOException {
        Path file = Files.writeString(directory.resolve("x.csv"), "");
        for (String[] arguments : List.of(
                new String[] {},
                new String[] {directory.resolve("none").toString()},
                new String[] {file.toString()},
                new String[] {directory.toString(), "--annotate", directory + "/."},
                new String[] {directory.toString(), "--junit", file + "/x.xml"},
                new String[] {directory.toString(), "--fly"})) {
            assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(errors()).startsWith("leeway: ").doesNotContain("\tat ");
        }
    }

    @Test
    void refusesADirectoryWithoutAPolicy() {
        assertThat(run(directory.toString())).isEqualTo(3);
        assertThat(output()).startsWith("error: there is no policy file\n  = help: put");
    }

    private static SheetBuilder policy(int limit, String mode) {
        return SheetBuilder.policy("Remit", "owner@example.com")
                .table("Remit")
                .name()
                .condition("Action", "forall(||){action.type == \"$\"}")
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount up to", "action.amount <= $param")
                .grant()
                .because()
                .row("REM-01", "billing.adjust", "USD", limit, mode, "Small ones.");
    }

    private void write(PolicyFile file) throws IOException {
        Files.write(directory.resolve(file.name()), file.bytes());
    }

    private static String suite(Document xml, int index) {
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(index);
        return suite.getAttribute("name") + " tests=" + suite.getAttribute("tests") + " failures="
                + suite.getAttribute("failures");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return leeway.run(all);
    }

    private String output() {
        return leeway.output();
    }

    private String errors() {
        return leeway.errors();
    }
}
