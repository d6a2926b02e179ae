package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.check.FindingCode;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in {@code bad-tables.yaml} is found, at its cell, with everything else that is wrong and nothing more. */
class BadTablesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    record Catalogue(Map<String, String> sheets, List<Case> cases) {}

    record Case(
            String name,
            String sheet,
            Map<String, String> set,
            Map<Integer, String> add,
            Map<String, String> with,
            List<String> merge,
            List<Integer> hideRows,
            List<String> hideColumns,
            boolean hideSheet,
            String only,
            List<String> expect) {}

    @Test
    void sheets_that_the_cases_start_from_are_right() throws IOException {
        for (Map.Entry<String, String> sheet : catalogue().sheets().entrySet()) {
            SheetBuilder builder =
                    SheetBuilder.of("Main", sheet.getValue().lines().toList());
            for (PolicyFile file : List.of(builder.xlsx("policy.xlsx"), builder.csv("Main.csv"))) {
                Reading reading = PolicyReader.read(List.of(file), TODAY);
                assertThat(reading.findings()).as(sheet.getKey()).isEmpty();
                assertThat(reading.tables()).isNotNull();
            }
        }
    }

    @Test
    void there_is_a_case_for_every_finding_but_those_about_whole_files_or_meaning() throws IOException {
        Set<String> covered = catalogue().cases().stream()
                .flatMap(it -> it.expect().stream())
                .map(it -> it.replaceAll(".*!", "").replaceAll("@.*", ""))
                .collect(Collectors.toSet());
        assertThat(Stream.of(FindingCode.values()).map(FindingCode::code).filter(it -> !covered.contains(it)))
                .containsExactlyInAnyOrder(
                        "malformed-file",
                        "wrong-file-type",
                        "too-large",
                        "macros",
                        "external-link",
                        "embedded-object",
                        "encrypted",
                        "repeated-file",
                        "too-many-findings",
                        // what the analysis finds has cases of its own
                        "authority-gap",
                        "never-matches",
                        "never-decisive",
                        "contradiction",
                        "overlap",
                        "skipped-value",
                        "analysis-incomplete");
    }

    @TestFactory
    Stream<DynamicTest> every_mistake_is_found_at_its_cell() throws IOException {
        Catalogue catalogue = catalogue();
        return catalogue.cases().stream()
                .flatMap(it -> Stream.of("xlsx", "csv")
                        .filter(format -> it.only() == null || it.only().equals(format))
                        .map(format -> DynamicTest.dynamicTest(
                                it.name() + " (" + format + ")", () -> check(catalogue, it, format))));
    }

    private static void check(Catalogue catalogue, Case it, String format) {
        Reading reading = PolicyReader.read(files(catalogue, it, format), TODAY);
        assertThat(reading.findings())
                .extracting(BadTablesTest::described)
                .as(() -> String.valueOf(reading.findings()))
                .containsExactlyInAnyOrderElementsOf(it.expect());
        assertThat(reading.findings()).isSortedAccordingTo(Finding.ORDER).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank().doesNotContain("Exception", "io.leeway.policy.table");
            assertThat(finding.code()).matches("[a-z]+(-[a-z]+)*");
        });
        assertThat(reading.tables() == null)
                .isEqualTo(reading.findings().stream().anyMatch(Finding::isError));
    }

    private static List<PolicyFile> files(Catalogue catalogue, Case it, String format) {
        String base = it.sheet() == null ? "remit" : it.sheet();
        List<SheetBuilder> sheets = new ArrayList<>();
        sheets.add(main(it, catalogue.sheets().get(base)));
        or(it.with())
                .forEach((name, text) ->
                        sheets.add(SheetBuilder.of(name, text.lines().toList())));
        if (format.equals("xlsx")) {
            return List.of(WorkbookWriter.xlsx("policy.xlsx", sheets.toArray(SheetBuilder[]::new)));
        }
        List<PolicyFile> files = new ArrayList<>();
        files.add(sheets.get(0).csv("Main.csv"));
        List<String> names = List.copyOf(or(it.with()).keySet());
        for (int i = 0; i < names.size(); i++) {
            files.add(sheets.get(i + 1).csv(names.get(i) + ".csv"));
        }
        return files;
    }

    private static SheetBuilder main(Case it, String text) {
        SheetBuilder sheet = SheetBuilder.of("Main", text.lines().toList());
        or(it.set()).forEach((cell, value) -> sheet.set(cell, value == null ? null : SheetBuilder.value(value)));
        or(it.add()).forEach((row, line) -> {
            String[] cells = (" " + line + " ").split("\\s\\|(?=\\s)");
            for (int i = 0; i < cells.length; i++) {
                sheet.set((char) ('A' + i) + "" + row, SheetBuilder.value(cells[i].strip()));
            }
        });
        or(it.merge()).forEach(sheet::merge);
        or(it.hideRows()).forEach(sheet::hideRow);
        or(it.hideColumns()).forEach(sheet::hideColumn);
        return it.hideSheet() ? sheet.hidden() : sheet;
    }

    private static String described(Finding finding) {
        String place = finding.sheet() == null ? finding.file().replace(".csv", "") : finding.sheet();
        return (place.equals("Main") ? "" : place + "!")
                + finding.code()
                + (finding.cell() == null ? "" : "@" + finding.cell());
    }

    private static <K, V> Map<K, V> or(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static <T> List<T> or(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Catalogue catalogue() throws IOException {
        try (InputStream yaml = BadTablesTest.class.getResourceAsStream("/cases/workbooks/bad-tables.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readValue(yaml, Catalogue.class);
        }
    }
}
