package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.release.PolicyCheck;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.Conversion.Converted;
import io.leeway.policy.table.WorkbookTemplate.Rows;
import io.leeway.testing.CellEdit;
import io.leeway.testing.Office;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.poi.ss.usermodel.DataValidation.ErrorStyle;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFDataValidation;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates are sound, say what the version says, and help in each cell. */
class WorkbookTemplateTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final int TABLES = Boolean.getBoolean("leeway.test.full") ? 5_000 : 100;
    private static final long SEED = 20_261_123;

    @ParameterizedTest
    @ValueSource(strings = {"returns", "R", "Spend-limits_2", "abcdefghijklmnopqrstuvwxyz-123"})
    void a_starter_has_no_findings_and_passes_its_tests(String name) {
        PolicyFile starter = WorkbookTemplate.starter(name, "me@example.com", List.of(), TODAY);

        assertThat(starter.name()).isEqualTo(name + ".xlsx");
        assertThat(PolicyCheck.of(List.of(starter), TODAY).findings()).isEmpty();
        PolicyTables tables = tables(List.of(starter));
        assertThat(tables.rows()).hasSize(5);
        assertThat(tables.tests()).hasSize(7);
        assertThat(tables.guarantees()).hasSize(1);
    }

    @Test
    void a_starter_beside_other_workbooks_declares_nothing_again() throws IOException {
        List<PolicyFile> shipped = PolicyDirectory.read(List.of(Path.of("decision-tables"), Path.of("rules")));
        List<PolicyFile> all = new ArrayList<>(shipped);
        all.add(WorkbookTemplate.starter("returns", "me", shipped, TODAY));
        all.add(WorkbookTemplate.starter("claims", "me", all, TODAY));

        assertThat(PolicyCheck.of(all, TODAY).findings()).noneMatch(Finding::isError);
    }

    @Test
    void a_starter_takes_a_currency_that_is_declared() {
        SheetBuilder euros = SheetBuilder.sheet("Vocabulary")
                .line("Attribute", "Type", "Unit", "Allowed", "Meaning")
                .line("action.currency", "text", null, "EUR, GBP", "What we trade in");
        PolicyFile beside = euros.xlsx("vocabulary.xlsx");

        PolicyFile starter = WorkbookTemplate.starter("returns", "me", List.of(beside), TODAY);

        assertThat(PolicyCheck.of(List.of(beside, starter), TODAY).findings())
                .extracting(Finding::code)
                .containsOnly("authority-gap");
    }

    @Test
    void a_starter_beside_unsound_files_stands_alone() {
        PolicyFile wrong = SheetBuilder.of("Main", List.of("May act Nothing", "Id | Action"))
                .xlsx("w.xlsx");

        PolicyFile starter = WorkbookTemplate.starter("returns", "me", List.of(wrong), TODAY);

        assertThat(PolicyCheck.of(List.of(starter), TODAY).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "../a", "a.xlsx", "a/b", "abcdefghijklmnopqrstuvwxyz-12345", "ä"})
    void other_names_are_refused(String name) {
        assertThatThrownBy(() -> WorkbookTemplate.starter(name, "me", List.of(), TODAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Returns    | A7  | anything  |
            Returns    | B7  | cells     | OFFSET(Actions!$A$2,0,0,MAX(1,COUNTA(Actions!$A$2:$A$501)),1)
            Returns    | C7  | words     | any,USD
            Returns    | E8  | formula   | OR(ISNUMBER(E7),E7="any")
            Returns    | F10 | only      | Autonomous,Human in the loop,Human in control
            Returns    | E15 | anything  |
            Returns    | G300 | only     | Autonomous,Human in the loop,Human in control,Prohibited
            Vocabulary | B4  | only      | text,number,flag
            Actions    | C2  | only      | required,forbidden,optional
            Tests      | B9  | cells     | OFFSET(Actions!$A$2,0,0,MAX(1,COUNTA(Actions!$A$2:$A$501)),1)
            Tests      | C2  | words     | USD
            Tests      | G9  | only      | Autonomous,Human in the loop,Human in control,Prohibited,Refused
            Guarantees | C2  | words     | never Autonomous,always Human in control,always Prohibited
            """)
    void cells_offer_what_may_stand_there(String sheet, String cell, String kind, @Nullable String offered)
            throws IOException {
        try (XSSFWorkbook workbook = open(WorkbookTemplate.starter("returns", "me", List.of(), TODAY))) {
            XSSFDataValidation found = at(workbook.getSheet(sheet), cell);
            String formula = found.getValidationConstraint().getFormula1();
            String plain = formula == null ? null : formula.replaceAll("^\"|\"$", "");
            assertThat(plain).isEqualTo(offered);
            assertThat(found.getShowErrorBox())
                    .isEqualTo(List.of("only", "formula").contains(kind));
            assertThat(found.getErrorStyle()).isEqualTo(ErrorStyle.STOP);
            assertThat(found.getPromptBoxText()).isNotBlank();
        }
    }

    @Test
    void every_column_that_there_can_be_has_a_hint_of_a_length_that_files_hold() {
        ColumnHints hints = new ColumnHints(Map.of(), Map.of(), "");
        List<Hint> all = new ArrayList<>();
        ColumnLabels.shipped().forEach(label -> all.add(hints.of(label)));
        for (String column : List.of(
                "Vocabulary Attribute/Type/Unit/Allowed/Meaning",
                "Actions Type/Meaning/Amount/Required evidence/Attributes",
                "Columns Label/Snippet/Unit/Meaning/Example",
                "Lists List/Values/Meaning",
                "Guarantees Id/When/Then/Owner/Why",
                "Tests Id/now/action.amount/action.text(\"x\")/evidence.ageSeconds(\"a\")/expect.mode/expect.rows/expect.because")) {
            String[] parts = column.split(" ", 2);
            for (String heading : parts[1].split("/")) {
                all.add(hints.beside(parts[0], heading));
            }
        }
        assertThat(all).hasSizeGreaterThan(60);
        for (Hint hint : all) {
            assertThat(hint.prompt()).as(hint.title()).isNotBlank().hasSizeLessThanOrEqualTo(255);
            assertThat(hint.prompt()).as(hint.title()).doesNotContain("null");
        }
    }

    @Test
    void too_many_words_for_a_file_are_no_drop_down() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            words.add("word-" + i);
        }
        assertThat(Choice.Words.among(words)).isEqualTo(Choice.ANYTHING);
        assertThat(Choice.Words.among(words.subList(0, 30))).isInstanceOf(Choice.Words.class);
    }

    @ParameterizedTest
    @EnumSource(Rows.class)
    void the_templates_of_the_shipped_workbooks_are_plain_and_say_the_same(Rows rows) throws IOException {
        List<PolicyFile> shipped = PolicyDirectory.read(List.of(Path.of("decision-tables")));
        PolicyTables before = tables(shipped);

        List<PolicyFile> templates = new ArrayList<>();
        for (PolicyFile file : shipped) {
            Converted template = WorkbookTemplate.of(shipped, file.name(), rows, TODAY);
            assertThat(template.problems()).isEmpty();
            templates.addAll(template.files());
        }

        PolicyTables after = tables(templates);
        assertThat(templates)
                .extracting(PolicyFile::name)
                .containsExactly(shipped.stream().map(PolicyFile::name).toArray(String[]::new));
        if (rows == Rows.KEPT) {
            assertThat(SameMeaning.differences(before, after)).isEmpty();
            assertThat(after.tests()).hasSameSizeAs(before.tests());
        } else {
            assertThat(after.rows()).isEmpty();
            assertThat(after.tests()).isEmpty();
            assertThat(after.actions()).isEqualTo(before.actions());
            assertThat(after.attributes()).isEqualTo(before.attributes());
            assertThat(PolicyReader.read(templates, TODAY).findings())
                    .extracting(Finding::code)
                    .containsOnly("empty-table");
        }
    }

    @Test
    void own_labels_and_listed_values_are_offered() throws IOException {
        SheetBuilder tables = SheetBuilder.of(
                "Main",
                List.of(
                        "Owner | me",
                        "May act | Remit",
                        "Id | Channel | Urgent | Mode | Because",
                        "A-1 | web | TRUE | Autonomous | It may."));
        SheetBuilder columns = SheetBuilder.sheet("Columns")
                .line("Label", "Snippet", "Unit", "Meaning", "Example")
                .line("Channel", "forall(||){action.text(\"channel\") == \"$\"}", null, "How it came in", "web")
                .line("Urgent", "action.flag(\"urgent\") == $param", null, "Whether it hurries", "TRUE");
        SheetBuilder vocabulary = SheetBuilder.sheet("Vocabulary")
                .line("Attribute", "Type", "Unit", "Allowed", "Meaning")
                .line("channel", "text", null, "web, mail", "How it came in")
                .line("urgent", "flag", null, null, "Whether it hurries");
        PolicyFile main = tables.xlsx("main.xlsx");
        PolicyFile words = WorkbookWriter.xlsx("words.xlsx", columns, vocabulary);

        Converted template = WorkbookTemplate.of(List.of(main, words), "main.xlsx", Rows.KEPT, TODAY);

        assertThat(template.problems()).isEmpty();
        try (XSSFWorkbook workbook = open(template.files().get(0))) {
            XSSFSheet sheet = workbook.getSheet("Main");
            assertThat(at(sheet, "B4").getValidationConstraint().getFormula1()).isEqualTo("\"any,web,mail\"");
            assertThat(at(sheet, "B4").getPromptBoxText()).startsWith("How it came in");
            assertThat(at(sheet, "C4").getValidationConstraint().getFormula1()).isEqualTo("\"any,TRUE,FALSE\"");
            assertThat(workbook.getSheet("Columns")).isNull();
        }
    }

    @Test
    void a_template_says_why_there_is_none() {
        PolicyFile wrong = SheetBuilder.of("Main", List.of("May act Nothing", "Id | Acton"))
                .xlsx("w.xlsx");
        assertThat(WorkbookTemplate.of(List.of(wrong), "w.xlsx", Rows.KEPT, TODAY)
                        .problems())
                .anyMatch(it -> it.contains("did you mean `Action`?"));
        PolicyFile sound = WorkbookTemplate.starter("returns", "me", List.of(), TODAY);
        assertThat(WorkbookTemplate.of(List.of(sound), "else.xlsx", Rows.KEPT, TODAY)
                        .problems())
                .containsExactly("no workbook `else.xlsx`");
    }

    @Test
    void random_workbooks_mean_the_same_as_templates() {
        for (int i = 0; i < TABLES; i++) {
            RandomPlainSheet random = new RandomPlainSheet(new Random(SEED + i));
            PolicyFile file =
                    i % 5 == 0 ? random.sheet().csv("r.csv") : random.sheet().xlsx("r.xlsx");
            String seed = "seed " + (SEED + i) + "\n" + random.sheet().csvText(',');

            Converted template = WorkbookTemplate.of(List.of(file), file.name(), Rows.KEPT, TODAY);

            assertThat(template.problems()).as(seed).isEmpty();
            assertThat(SameMeaning.differences(tables(List.of(file)), tables(template.files())))
                    .as(seed)
                    .isEmpty();
            Converted again = WorkbookTemplate.of(template.files(), "r.xlsx", Rows.KEPT, TODAY);
            assertThat(SameMeaning.differences(tables(List.of(file)), tables(again.files())))
                    .as(seed)
                    .isEmpty();
        }
    }

    @Test
    void a_how_to_sheet_is_passed_over_in_silence_unless_it_decides() {
        PolicyFile starter = WorkbookTemplate.starter("returns", "me", List.of(), TODAY);
        assertThat(PolicyReader.read(List.of(starter), TODAY).findings()).isEmpty();

        PolicyFile table = CellEdit.apply(
                starter, List.of(new CellEdit("How to", "A30", "May act"), new CellEdit("How to", "B30", "Hidden")));
        assertThat(PolicyReader.read(List.of(table), TODAY).findings()).anyMatch(Finding::isError);
        PolicyFile nearly = CellEdit.apply(starter, List.of(new CellEdit("How to", "A30", "May ac everything")));
        assertThat(PolicyReader.read(List.of(nearly), TODAY).findings())
                .extracting(Finding::code)
                .containsExactly("missing-table");
    }

    @Test
    void libreoffice_keeps_drop_downs_and_hints(@TempDir Path directory) throws Exception {
        assumeThat(Office.isThere()).as("LibreOffice").isTrue();
        PolicyFile starter = WorkbookTemplate.starter("returns", "me", List.of(), TODAY);
        Path file = directory.resolve("returns.xlsx");
        Files.write(file, starter.bytes());

        Office.edit(file, List.of(), Files.createDirectory(directory.resolve("office")));

        PolicyFile saved = new PolicyFile("returns.xlsx", Files.readAllBytes(file));
        assertThat(PolicyCheck.of(List.of(saved), TODAY).findings()).isEmpty();
        try (XSSFWorkbook before = open(starter);
                XSSFWorkbook after = open(saved)) {
            assertThat(offers(after)).isEqualTo(offers(before));
        }
    }

    /** What is offered and said, by sheet; line ends and the absence of a formula are spelt differently. */
    private static Map<String, Set<String>> offers(XSSFWorkbook workbook) {
        Map<String, Set<String>> offers = new TreeMap<>();
        workbook.forEach(sheet -> {
            Set<String> said = new HashSet<>();
            for (XSSFDataValidation it : ((XSSFSheet) sheet).getDataValidations()) {
                String formula = it.getValidationConstraint().getFormula1();
                said.add(it.getPromptBoxTitle() + "|"
                        + it.getPromptBoxText().replace("_x000a_", "\n") + "|"
                        + (formula == null || formula.equals("0") ? "" : formula) + "|" + it.getShowErrorBox());
            }
            offers.put(sheet.getSheetName(), said);
        });
        return offers;
    }

    private static XSSFDataValidation at(XSSFSheet sheet, String cell) {
        CellAddress at = new CellAddress(cell);
        List<XSSFDataValidation> found = sheet.getDataValidations().stream()
                .filter(it -> List.of(it.getRegions().getCellRangeAddresses()).stream()
                        .anyMatch(area -> area.isInRange(at.getRow(), at.getColumn())))
                .toList();
        assertThat(found).as(cell).hasSize(1);
        return found.get(0);
    }

    private static PolicyTables tables(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.tables()).as(String.valueOf(reading.findings())).isNotNull();
        return reading.tables();
    }

    private static XSSFWorkbook open(PolicyFile file) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(file.bytes()));
    }
}
