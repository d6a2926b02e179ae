package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Condition;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase;
import io.leeway.policy.table.Conversion.Converted;
import io.leeway.policy.table.Conversion.Format;
import io.leeway.policy.table.Conversion.Layout;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final int TABLES = Boolean.getBoolean("leeway.test.full") ? 20_000 : 300;
    private static final long SEED = 20_261_122;

    @Test
    void a_table_of_the_drools_layout_becomes_a_plain_one() throws IOException {
        PolicyFile remit = resource("remit.csv");

        Converted plain = Conversion.convert(List.of(remit), Layout.PLAIN, Format.CSV, TODAY);

        assertThat(plain.problems()).isEmpty();
        assertThat(plain.files()).extracting(PolicyFile::name).containsExactly("remit.csv");
        assertThat(text(plain.files().get(0))).isEqualTo("""
                        leeway.billing
                        Owner,billing-policy@example.com

                        May act,Remit
                        Id,Action,Currency,Amount up to,Mode,Because
                        REM-01,"billing.adjust, billing.refund",USD,500,Autonomous,Small corrections are the agent's remit.
                        REM-02,billing.adjust,USD,2000,Human in the loop,Larger ones need a lead.
                        """);
    }

    @Test
    void a_plain_table_becomes_one_of_the_drools_layout() throws IOException {
        PolicyFile plain = plain().csv("plain.csv");

        Converted drools = Conversion.convert(List.of(plain), Layout.DROOLS, Format.CSV, TODAY);

        assertThat(drools.problems()).isEmpty();
        assertThat(text(drools.files().get(0))).isEqualTo(text(resource("converted-drools.csv")));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void there_and_back_says_the_same(Format format) {
        PolicyFile plain = plain().xlsx("plain.xlsx");

        Converted drools = Conversion.convert(List.of(plain), Layout.DROOLS, format, TODAY);
        Converted back = Conversion.convert(drools.files(), Layout.PLAIN, format, TODAY);

        assertThat(back.problems()).isEmpty();
        assertThat(rows(back.files())).isEqualTo(rows(List.of(plain)));
    }

    @Test
    void labels_that_are_not_shipped_are_defined() throws IOException {
        SheetBuilder sheet = SheetBuilder.policy("Limits", "me")
                .table("Remit")
                .name()
                .condition("Amount up to", "action.amount < $param")
                .condition("Kind", "action.type == \"$param\"")
                .condition("Ccy", "action.currency == \"$param\"")
                .grant()
                .because()
                .row("A-1", 500, "billing.adjust", "USD", "Autonomous", "Why not.");

        Converted plain = Conversion.convert(List.of(sheet.csv("limits.csv")), Layout.PLAIN, Format.CSV, TODAY);

        assertThat(plain.problems()).isEmpty();
        assertThat(text(plain.files().get(1))).isEqualTo(text(resource("converted-columns.csv")));
    }

    @Test
    void what_cannot_be_said_is_not_converted() {
        SheetBuilder zoned = SheetBuilder.of(
                "Main",
                List.of(
                        "Owner | me",
                        "Time zone | Europe/Berlin",
                        "May act Dated",
                        "Id | Action | Mode | Because | Until",
                        "A-1 | billing.adjust | Autonomous | It may. | 2027-01-01"));

        Converted converted = Conversion.convert(List.of(zoned.csv("zoned.csv")), Layout.DROOLS, Format.CSV, TODAY);

        assertThat(converted.files()).isEmpty();
        assertThat(converted.problems()).containsExactly("zoned.csv › A5:E5: row `A-1` cannot be said in this layout");
    }

    @Test
    void files_with_errors_are_not_converted() {
        SheetBuilder wrong = SheetBuilder.of("Main", List.of("May act Nothing", "Id | Action | Mode | Because"));

        Converted converted = Conversion.convert(List.of(wrong.csv("w.csv")), Layout.DROOLS, Format.CSV, TODAY);

        assertThat(converted.files()).isEmpty();
        assertThat(converted.problems()).singleElement().asString().contains("missing-owner");
    }

    @Test
    void sheets_beside_the_tables_come_along() {
        SheetBuilder vocabulary = SheetBuilder.sheet("Vocabulary")
                .line("Attribute", "Type", "Unit", "Allowed", "Meaning")
                .line("action.currency", "text", null, "USD, EUR, GBP", "What we trade in");
        PolicyFile both = WorkbookWriter.xlsx("both.xlsx", plain(), vocabulary);

        Converted csv = Conversion.convert(List.of(both), Layout.DROOLS, Format.CSV, TODAY);
        assertThat(csv.problems()).isEmpty();
        assertThat(csv.files()).extracting(PolicyFile::name).containsExactly("both-main.csv", "both-vocabulary.csv");

        Converted xlsx = Conversion.convert(csv.files(), Layout.PLAIN, Format.XLSX, TODAY);
        assertThat(xlsx.problems()).isEmpty();
        assertThat(rows(xlsx.files())).isEqualTo(rows(List.of(both)));
    }

    @Test
    void tests_keep_their_numbers_between_kinds_of_file() {
        SheetBuilder tests = SheetBuilder.sheet("Tests")
                .line("Id", "action.type", "action.amount", "subject.id", "expect.mode")
                .line("t-1", "billing.adjust", 500, "1001", "Human in control");
        PolicyFile both = WorkbookWriter.xlsx("both.xlsx", plain(), tests);

        Converted csv = Conversion.convert(List.of(both), Layout.PLAIN, Format.CSV, TODAY);
        assertThat(csv.problems()).isEmpty();
        Converted xlsx = Conversion.convert(csv.files(), Layout.PLAIN, Format.XLSX, TODAY);
        assertThat(xlsx.problems()).isEmpty();

        List<TestCase> tested = PolicyReader.read(xlsx.files(), TODAY).tables().tests();
        assertThat(tested.get(0).given())
                .extracting(TestCase.Given::value)
                .containsExactly("billing.adjust", new BigDecimal("500"), "1001");
    }

    @Test
    void random_plain_tables_read_as_they_were_meant_and_survive_every_conversion() {
        for (int i = 0; i < TABLES; i++) {
            RandomPlainSheet random = new RandomPlainSheet(new Random(SEED + i));
            PolicyFile file =
                    i % 2 == 0 ? random.sheet().csv("r.csv") : random.sheet().xlsx("r.xlsx");
            String seed = "seed " + (SEED + i) + "\n" + random.sheet().csvText(',');
            assertThat(rows(List.of(file))).as(seed).isEqualTo(random.expected());
            Format first = i % 3 == 0 ? Format.CSV : Format.XLSX;
            Converted drools = Conversion.convert(List.of(file), Layout.DROOLS, first, TODAY);
            assertThat(drools.problems()).as(seed).isEmpty();
            assertThat(rows(drools.files())).as(seed).isEqualTo(random.expected());
            Converted back = Conversion.convert(
                    drools.files(), Layout.PLAIN, first == Format.CSV ? Format.XLSX : Format.CSV, TODAY);
            assertThat(back.problems()).as(seed).isEmpty();
            assertThat(rows(back.files())).as(seed).isEqualTo(random.expected());
        }
    }

    private static SheetBuilder plain() {
        return SheetBuilder.of(
                "Main",
                List.of(
                        "Spend limits",
                        "Owner | billing-policy@example.com",
                        "May act | Small corrections",
                        "Id | Action | Currency | Fresh evidence | Mode | Because | Expires",
                        "Corrections",
                        "REM-01 | billing.adjust, refund | USD | charge.record, 15 min | Autonomous | Small. | 1 h",
                        "",
                        "REM-02 | billing. | not EUR, GBP | any | Human in the loop | Large."));
    }

    /** Each row as text, its conditions in an order of their own. */
    private static List<String> rows(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.tables()).as(String.valueOf(reading.findings())).isNotNull();
        return reading.tables().rows().stream().map(ConversionTest::described).toList();
    }

    private static String described(Row row) {
        return row.id() + " " + row.outcome().effect() + " " + row.outcome().mode() + " "
                + row.outcome().expires()
                + " " + row.table() + ": "
                + row.conditions().stream()
                        .map(ConversionTest::described)
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    private static String described(Condition condition) {
        String limit = Arrays.stream(condition.limitText().split(", ")).sorted().collect(Collectors.joining(", "));
        return condition.path() + " " + condition.operator().symbol() + " " + limit;
    }

    private static PolicyFile resource(String name) throws IOException {
        try (InputStream csv = ConversionTest.class.getResourceAsStream("/cases/workbooks/" + name)) {
            return new PolicyFile(name, csv.readAllBytes());
        }
    }

    private static String text(PolicyFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}
