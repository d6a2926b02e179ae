package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.Condition;
import io.leeway.policy.Finding;
import io.leeway.policy.PathScope;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.policy.check.Findings;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plain sheets make the rows that {@code plain-tables.yaml} says, whatever kind of file they stand in. */
class PlainTablesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    record Catalogue(List<Case> cases) {}

    record Case(String name, String only, String sheet, Map<String, String> also, List<String> rows) {}

    @TestFactory
    Stream<DynamicTest> plain_sheets_make_rows() throws IOException {
        return catalogue().stream()
                .flatMap(it -> Stream.of("xlsx", "csv")
                        .filter(format -> it.only() == null || it.only().equals(format))
                        .map(format ->
                                DynamicTest.dynamicTest(it.name() + " (" + format + ")", () -> check(it, format))));
    }

    private static void check(Case it, String format) {
        List<SheetBuilder> sheets = new ArrayList<>();
        sheets.add(SheetBuilder.of("Main", it.sheet().lines().toList()));
        if (it.also() != null) {
            it.also()
                    .forEach((name, text) -> sheets.add(SheetBuilder.of(
                            format.equals("csv")
                                    ? name
                                    : text.lines().findFirst().orElseThrow(),
                            text.lines().toList())));
        }
        List<PolicyFile> files = new ArrayList<>();
        if (format.equals("csv")) {
            for (int i = 0; i < sheets.size(); i++) {
                files.add(sheets.get(i).csv(i + ".csv"));
            }
        } else {
            files.add(WorkbookWriter.xlsx("policy.xlsx", sheets.toArray(SheetBuilder[]::new)));
        }
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.tables().rows())
                .extracting(PlainTablesTest::described)
                .containsExactlyElementsOf(it.rows());
    }

    private static String described(Row row) {
        String conditions =
                row.conditions().stream().map(PlainTablesTest::described).collect(Collectors.joining("; "));
        List<String> rest = new ArrayList<>();
        add(rest, row.effective() != null, "from " + row.effective());
        add(rest, row.expires() != null, "until " + row.expires());
        add(rest, !row.zone().equals(ZoneOffset.UTC), "in " + row.zone());
        add(rest, !row.owner().endsWith("me") && !row.owner().contains("@"), "owner " + row.owner());
        add(rest, !row.ticket().isEmpty(), "ticket " + row.ticket());
        add(rest, row.outcome().expires() != null, "expires " + row.outcome().expires());
        row.outcome().obligations().forEach(one -> rest.add(one.type() + " " + one.value()));
        if (row.outcome().approvers() != null) {
            rest.add(row.outcome().approvers().group() + " "
                    + row.outcome().approvers().quorum());
        }
        add(rest, !row.regulation().isEmpty(), "regulation " + row.regulation());
        return row.id() + " " + row.outcome().effect() + " " + row.outcome().mode() + ": " + conditions
                + (rest.isEmpty() ? "" : " -> " + String.join(", ", rest));
    }

    private static void add(List<String> rest, boolean there, String text) {
        if (there) {
            rest.add(text);
        }
    }

    private static String described(Condition condition) {
        return condition.path() + " " + condition.operator().symbol() + " " + condition.limitText() + " "
                + condition.cell();
    }

    @Test
    void days_begin_and_end_in_the_sheets_time_zone() {
        SheetBuilder sheet = SheetBuilder.of(
                "Main",
                List.of(
                        "Owner | me",
                        "Time zone | Pacific/Auckland",
                        "May act Today",
                        "Id | Action | Mode | Because | From | Until",
                        "A-1 | any | Autonomous | Today. | 2026-06-15 | 2026-06-15"));

        Row row = PolicyReader.read(List.of(sheet.xlsx("p.xlsx")), TODAY)
                .tables()
                .rows()
                .get(0);

        assertThat(row.isLiveAt(Instant.parse("2026-06-14T11:59:59.999999Z"))).isFalse();
        assertThat(row.isLiveAt(Instant.parse("2026-06-14T12:00:00Z"))).isTrue();
        assertThat(row.isLiveAt(Instant.parse("2026-06-15T11:59:59.999999Z"))).isTrue();
        assertThat(row.isLiveAt(Instant.parse("2026-06-15T12:00:00Z"))).isFalse();
    }

    @Test
    void a_row_that_a_filter_hides_is_found_as_such() throws IOException {
        PolicyFile file = SheetBuilder.of(
                        "Main",
                        List.of(
                                "Owner | me",
                                "May act Filtered",
                                "Id | Action | Mode | Because",
                                "A-1 | billing.adjust | Autonomous | It may.",
                                "A-2 | billing.refund | Autonomous | It may."))
                .hideRow(5)
                .xlsx("p.xlsx");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file.bytes()))) {
            workbook.getSheetAt(0).setAutoFilter(CellRangeAddress.valueOf("A3:D5"));
            workbook.write(bytes);
        }

        Reading reading = PolicyReader.read(List.of(new PolicyFile("p.xlsx", bytes.toByteArray())), TODAY);

        assertThat(reading.findings())
                .extracting(Finding::toString)
                .containsExactly("p.xlsx › Main › A5: row `5` is hidden by a filter (hidden-row)."
                        + " Unhide the row; if a filter hides it, choose Data, then Clear.");
    }

    @Test
    void shipped_labels_are_sound_and_their_examples_can_be_read() {
        List<ColumnLabel> labels = ColumnLabels.shipped();

        assertThat(labels).hasSizeGreaterThan(30).allSatisfy(it -> {
            assertThat(it.meaning()).isNotBlank();
            assertThat(it.example()).isNotBlank();
        });
        for (ColumnLabel label : labels) {
            if (label.condition() != null) {
                List<Condition> read = example(label);
                assertThat(read).as(label.label()).isNotEmpty();
            }
        }
    }

    private static List<Condition> example(ColumnLabel label) {
        Findings findings = new Findings();
        Source source = new Source("columns.csv", null, "", findings);
        PlainCells cells = new PlainCells(source, new CellReader(source), new NamedLists(), PathScope.UNBOUND);
        List<Condition> read = cells.read(label.condition(), new CellValue.Untyped(label.example()), 0, 0);
        assertThat(findings.sorted()).as(label.label()).isEmpty();
        return read;
    }

    private static List<Case> catalogue() throws IOException {
        try (InputStream yaml = PlainTablesTest.class.getResourceAsStream("/cases/workbooks/plain-tables.yaml")) {
            return new ObjectMapper(new YAMLFactory())
                    .readValue(yaml, Catalogue.class)
                    .cases();
        }
    }
}
