package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.table.TableCase.Catalogue;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in {@code bad-tables.yaml} and {@code bad-plain-tables.yaml} is found, at its cell, with everything else that is wrong and nothing more. */
class BadTablesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void sheets_that_the_cases_start_from_are_right() throws IOException {
        for (Map.Entry<String, String> sheet : Catalogue.read().sheets().entrySet()) {
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
        Set<String> covered = Catalogue.read().cases().stream()
                .flatMap(it -> it.expect().stream())
                .map(it -> it.replaceAll(".*!", "").replaceAll("@.*", ""))
                .collect(Collectors.toSet());
        assertThat(Stream.of(FindingCode.values())
                        .map(FindingCode::code)
                        .filter(it -> !covered.contains(it) && !it.startsWith("drl-")))
                .containsExactlyInAnyOrder(
                        "no-files",
                        "unreadable-directory",
                        "ignored-file",
                        "malformed-file",
                        "wrong-file-type",
                        "too-large",
                        "macros",
                        "external-link",
                        "embedded-object",
                        "encrypted",
                        "repeated-file",
                        "too-many-findings",
                        // what is said once the tables are right has cases of its own
                        "authority-gap",
                        "never-matches",
                        "never-decisive",
                        "contradiction",
                        "overlap",
                        "evadable-safeguard",
                        "skipped-value",
                        "analysis-incomplete",
                        "broken-guarantee",
                        "unproven-guarantee",
                        "vacuous-guarantee",
                        "failed-test");
    }

    @TestFactory
    Stream<DynamicTest> every_mistake_is_found_at_its_cell() throws IOException {
        Catalogue catalogue = Catalogue.read();
        return catalogue.cases().stream()
                .flatMap(it -> it.formats()
                        .map(format -> DynamicTest.dynamicTest(
                                it.name() + " (" + format + ")", () -> check(catalogue, it, format))));
    }

    private static void check(Catalogue catalogue, TableCase it, String format) {
        Reading reading = PolicyReader.read(it.files(catalogue.sheets(), format), TODAY);
        assertThat(reading.findings())
                .extracting(TableCase::described)
                .as(() -> String.valueOf(reading.findings()))
                .containsExactlyInAnyOrderElementsOf(it.expect());
        assertThat(reading.findings()).isSortedAccordingTo(Finding.ORDER).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank().doesNotContain("Exception", "io.leeway.policy.table");
            assertThat(finding.code()).matches("[a-z]+(-[a-z]+)*");
        });
        assertThat(reading.tables() == null)
                .isEqualTo(reading.findings().stream().anyMatch(Finding::isError));
    }
}
