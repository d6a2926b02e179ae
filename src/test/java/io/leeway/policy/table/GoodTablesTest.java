package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class GoodTablesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final String EXAMPLE = example();

    @Test
    void the_example_of_the_dialect_reads_as_it_says() {
        List<Row> rows = read(csv("remit.csv", EXAMPLE)).rows();

        assertThat(rows).extracting(Row::id).containsExactly("REM-01", "REM-02");
        Row row = rows.get(0);
        assertThat(row.range()).isEqualTo("A11:F11");
        assertThat(row.number()).isEqualTo(11);
        assertThat(row.sheet()).isNull();
        assertThat(row.sha256()).isEqualTo(csv("remit.csv", EXAMPLE).sha256());
        assertThat(row.table()).isEqualTo("Remit");
        assertThat(row.owner()).isEqualTo("billing-policy@example.com");
        assertThat(row.outcome())
                .isEqualTo(new Row.Outcome(
                        Effect.GRANT,
                        Mode.AUTONOMOUS,
                        "Small corrections are the agent's remit.",
                        null,
                        List.of(),
                        null));
        assertThat(row.conditions())
                .extracting(it -> it.path() + " " + it.operator().symbol() + " " + it.limitText() + " " + it.cell())
                .containsExactly(
                        "action.type in billing.adjust, billing.refund B11",
                        "action.currency == USD C11",
                        "action.amount <= 500 D11");
        assertThat(rows.get(1).conditions().get(0).operator()).isEqualTo(Operator.EQUAL);
    }

    @Test
    void semicolons_a_byte_order_mark_and_lone_line_feeds_make_no_difference() {
        String semicolons = ("\uFEFF" + EXAMPLE)
                .replace("billing.adjust, billing.refund", "billing.adjust@ billing.refund")
                .replace(',', ';')
                .replace('@', ',')
                .replace("\n", "\r\n")
                .replace("billing-policy,example", "billing-policy@example");

        assertSame(read(csv("remit.csv", semicolons)), read(csv("remit.csv", EXAMPLE)));
    }

    @Test
    void a_quoted_line_break_does_not_shift_the_rows() {
        String wrapped = EXAMPLE.replace("Amount up to", "\"Amount\nup to\"");

        assertThat(read(csv("remit.csv", wrapped)).rows())
                .extracting(Row::range)
                .containsExactly("A11:F11", "A12:F12");
    }

    @Test
    void a_workbook_and_a_csv_of_the_same_sheet_give_the_same_rows() {
        SheetBuilder sheet = everything();

        PolicyTables fromXlsx = read(sheet.xlsx("policy.xlsx"));
        PolicyTables fromCsv = read(sheet.csv("policy.csv"));

        assertSame(fromXlsx, fromCsv);
        assertThat(fromXlsx.rows()).extracting(Row::sheet).containsOnly("Safeguards");
        assertThat(fromXlsx.rows()).hasSize(5);
    }

    @Test
    void every_kind_of_column_is_read() {
        List<Row> rows = read(everything().xlsx("policy.xlsx")).rows();

        Row row = rows.get(0);
        assertThat(row.outcome())
                .isEqualTo(new Row.Outcome(
                        Effect.REQUIRE,
                        Mode.HUMAN_IN_THE_LOOP,
                        "Over $500, and old.",
                        new ApprovalRequirement("finance-ops", 2),
                        List.of(new Obligation("notify", "finance-ops"), new Obligation("sample", "0.10")),
                        Duration.ofMinutes(15)));
        assertThat(row.conditions())
                .extracting(Condition::path, Condition::operator, Condition::limit, Condition::cell)
                .containsExactly(
                        tuple("action.type", Operator.STARTS_WITH, "billing.", "B9"),
                        tuple("action.currency", Operator.NOT_EQUAL, "EUR", "C9"),
                        tuple("action.amount", Operator.GREATER, new BigDecimal("500"), "D9"),
                        tuple("action.amount", Operator.AT_MOST, new BigDecimal("2000.5"), "D9"),
                        tuple("action.confidence", Operator.LESS, new BigDecimal("0.85"), "E9"),
                        tuple("evidence.staleAfter(\"charge.record\", \"PT15M\")", Operator.EQUAL, true, "F9"),
                        tuple("action.reversible", Operator.EQUAL, false, "G9"),
                        tuple("evidence.staleAfter(\"rate.card\", \"P1D\")", Operator.EQUAL, true, "H9"));
        assertThat(row.owner()).isEqualTo("second@example.com");
        assertThat(row.ticket()).isEqualTo("GOV-7");
        assertThat(row.regulation()).isEqualTo("SOX 404");
        assertThat(row.effective()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(row.expires()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(row.conditions().get(5).path().evidenceAge())
                .isEqualTo(new Path.EvidenceAge("charge.record", "PT15M"));
        Row bare = rows.get(1);
        assertThat(bare.conditions()).isEmpty();
        assertThat(bare.outcome().effect()).isEqualTo(Effect.PROHIBIT);
        assertThat(bare.outcome().mode()).isEqualTo(Mode.HUMAN_IN_CONTROL);
        assertThat(bare.owner()).isEqualTo("first@example.com");
        assertThat(bare.regulation()).isEqualTo("House rule 7");
        assertThat(rows.get(4).table()).isEqualTo("Second");
    }

    @Test
    void rows_come_by_file_sheet_and_row() {
        SheetBuilder late = small("Zebra", "First", "Z-1");
        SheetBuilder early = small("Apple", "Second", "A-1");
        PolicyTables tables = read(
                csv("b.csv", EXAMPLE),
                WorkbookWriter.xlsx("a.xlsx", late, early),
                csv("C.csv", small("x", "T", "C-1").csvText(';')));

        assertThat(tables.rows()).extracting(Row::id).containsExactly("C-1", "Z-1", "A-1", "REM-01", "REM-02");
    }

    @Test
    void vocabulary_and_actions_are_read_from_sheets_and_from_files() {
        SheetBuilder vocabulary = SheetBuilder.sheet("Vocabulary")
                .line("Vocabulary")
                .line("Attribute", "Type", "Unit", "Allowed", "Meaning")
                .line("inputAge", "number", "s", null, "Age of the oldest input")
                .line("action.currency", "text", null, "USD, EUR", "What we trade in");
        SheetBuilder actions = SheetBuilder.sheet("Actions")
                .line("Actions")
                .line("Type", "Meaning", "Amount", "Required evidence", "Attributes")
                .line("billing.adjust", "Corrects a bill", "required", "charge.record@v3, invoice", "inputAge!")
                .line("billing.refund", "Pays back", "optional", null, "inputAge");

        PolicyTables tables =
                read(csv("remit.csv", EXAMPLE), vocabulary.csv("vocabulary.csv"), actions.csv("actions.csv"));
        assertThat(tables.attributes())
                .containsOnly(
                        Map.entry(
                                "inputAge",
                                new AttributeType(
                                        "inputAge", PathType.NUMBER, "s", List.of(), "Age of the oldest input")),
                        Map.entry(
                                "action.currency",
                                new AttributeType(
                                        "action.currency",
                                        PathType.TEXT,
                                        "",
                                        List.of("USD", "EUR"),
                                        "What we trade in")));
        assertThat(tables.actions())
                .containsEntry(
                        "billing.adjust",
                        new ActionType(
                                "billing.adjust",
                                "Corrects a bill",
                                ActionType.AmountRule.REQUIRED,
                                Map.of("charge.record", "v3", "invoice", ""),
                                Map.of("inputAge", true)))
                .hasSize(2);
        assertThat(read(csv("remit.csv", EXAMPLE), WorkbookWriter.xlsx("w.xlsx", vocabulary, actions))
                        .actions())
                .isEqualTo(tables.actions());
    }

    @Test
    void several_files_one_of_them_a_vocabulary_make_a_version() {
        SheetBuilder rows = SheetBuilder.policy("Rows", "peers@example.com")
                .line()
                .table("Rows")
                .name()
                .condition("Action", "action.type == \"$param\"")
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount", "action.amount > $1, action.amount <= $2")
                .condition("Confidence below", "action.confidence < $param")
                .condition("Input age over", "action.number(\"inputAge\") > $param")
                .require()
                .because()
                .row("r1", null, "USD", "100, 2500.5", new BigDecimal("0.85"), 900, "Human in the loop", "row r1");
        String vocabulary =
                "Vocabulary\nAttribute,Type,Unit,Allowed,Meaning\ninputAge,number,s,,Age of the oldest input\n";

        PolicyTables tables = read(csv("remit.csv", EXAMPLE), rows.csv("rows.csv"), csv("vocabulary.csv", vocabulary));

        assertThat(tables.rows()).extracting(Row::id).containsExactly("REM-01", "REM-02", "r1");
        assertThat(tables.rows().get(2).conditions())
                .extracting(it -> it.path().text())
                .containsExactly(
                        "action.currency",
                        "action.amount",
                        "action.amount",
                        "action.confidence",
                        "action.number(\"inputAge\")");
    }

    @Test
    void code_rows_may_be_hidden_and_objects_merged() {
        PolicyFile file = small("Hidden code", "Remit", "R-1")
                .hideRow(6)
                .hideRow(7)
                .hideRow(8)
                .xlsx("policy.xlsx");

        assertThat(read(file).rows()).hasSize(1);
    }

    @Test
    void a_double_becomes_its_shortest_decimal() {
        assertThat(SheetPart.shortest(0.1)).isEqualByComparingTo("0.1");
        assertThat(SheetPart.shortest(2.0E-3)).isEqualTo(new BigDecimal("0.002"));
        assertThat(SheetPart.shortest(0.1 + 0.2)).isEqualTo(new BigDecimal("0.30000000000000004"));
        assertThat(SheetPart.shortest(1e15)).isEqualByComparingTo("1e15");
        assertThat(SheetPart.shortest(0)).isEqualByComparingTo("0");
    }

    private static SheetBuilder small(String sheet, String table, String id) {
        return SheetBuilder.policy(sheet, "owner@example.com")
                .table(table)
                .name()
                .condition("Action", "action.type == \"$param\"")
                .condition("Agent", "agent.id == \"$param\"")
                .grant()
                .because()
                .row(id, "billing.adjust", "agent-7", "Autonomous", "It may.");
    }

    private static SheetBuilder everything() {
        return SheetBuilder.sheet("Safeguards")
                .line("RuleSet", "leeway.safeguards")
                .line("Owner", "first@example.com")
                .line("Regulation", "House rule 7")
                .table("First")
                .name()
                .condition("Family", "action.type str[startsWith] \"$param\"")
                .condition("Not in", "action.currency != \"$param\"")
                .condition("Amount", "action.amount > $1 , action.amount<=$2")
                .condition("Unsure", "action.confidence < $param")
                .condition("Stale", "evidence.staleAfter( \"$1\",\"$2\" ) == true")
                .condition("Reversible", "action.reversible == $param")
                .condition("Old rates", "evidence.staleAfter(\"rate.card\", \"P1D\") == true")
                .require()
                .because()
                .approvers()
                .oblige("Also")
                .oblige("Also")
                .expires()
                .metadata("owner")
                .metadata("regulation")
                .metadata("ticket")
                .firstDay()
                .lastDay()
                .column("DESCRIPTION", "Note", "")
                .row(
                        "S-1",
                        "billing.",
                        "EUR",
                        "500, 2000.50",
                        new BigDecimal("0.85"),
                        "charge.record, PT15M",
                        false,
                        "x",
                        "Human in the loop",
                        "Over $500, and old.",
                        "finance-ops, 2",
                        "notify, finance-ops",
                        "sample, 0.10",
                        "PT15M",
                        "second@example.com",
                        "SOX 404",
                        "GOV-7",
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 12, 31),
                        "As agreed.")
                .row("S-2", null, null, null, null, null, null, null, "Prohibited", "Never.")
                .row("S-3", null, null, null, 0.3, null, "true", true, "Human in control", "Unsure.")
                .line()
                .table("Second")
                .name()
                .require()
                .because()
                .row("S-4", "Human in control", "A person does it.")
                .row("S-5", "Autonomous", "No more than it says.")
                .line();
    }

    private static Tuple tuple(Object path, Operator operator, Object limit, String cell) {
        Path known = ((Vocabulary.Found) Vocabulary.parse((String) path)).path();
        return Tuple.tuple(known, operator, limit, cell);
    }

    private static String example() {
        try (InputStream csv = GoodTablesTest.class.getResourceAsStream("/cases/workbooks/remit.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicyFile csv(String name, String text) {
        return new PolicyFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyTables read(PolicyFile... files) {
        Reading reading = PolicyReader.read(List.of(files), TODAY);
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.tables()).isNotNull();
        return reading.tables();
    }

    private static void assertSame(PolicyTables one, PolicyTables other) {
        assertThat(one.rows())
                .usingRecursiveComparison()
                .ignoringFields("file", "sheet", "sha256", "conditions.path.read")
                .ignoringFieldsMatchingRegexes(".*read")
                .isEqualTo(other.rows());
    }
}
