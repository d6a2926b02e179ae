package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.release.PolicyLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad files in all classes that are known to us: each is refused with the right code at the right cell, as a whole, within
 * seconds, and nothing in it runs or reaches out. Their mistakes alone are tested in {@link BadTablesTest}.
 */
class BadWorkbooksTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final List<String> WHOLE_FILE =
            List.of("malformed-file", "too-large", "macros", "external-link", "embedded-object", "encrypted");

    @TempDir
    static Path directory;

    private static Canary canary;

    @BeforeAll
    static void setCanary() throws Exception {
        canary = new Canary(directory);
    }

    @AfterAll
    static void removeCanary() throws Exception {
        canary.close();
    }

    @Test
    void there_are_enough_of_them_in_every_class() throws Exception {
        assertThat(hostile())
                .hasSizeGreaterThanOrEqualTo(32)
                .allSatisfy((name, cases) -> assertThat(cases).as(name).isNotEmpty());
        long files = hostile().values().stream().mapToLong(List::size).sum();
        assertThat(files + refusedTables().mapToLong(it -> it.formats().count()).sum())
                .isGreaterThanOrEqualTo(150);
    }

    @TestFactory
    Stream<DynamicTest> each_hostile_file_is_refused_as_a_whole_and_runs_nothing() throws Exception {
        Map<String, String> bases = TableCase.Catalogue.read().sheets();
        return hostile().entrySet().stream()
                .flatMap(type -> type.getValue().stream()
                        .map(it -> DynamicTest.dynamicTest(type.getKey() + ": " + it.name(), () -> {
                            for (List<PolicyFile> files : it.versions(bases).toList()) {
                                check(files, it.expect());
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> each_bad_table_is_refused_as_a_whole_and_runs_nothing() throws Exception {
        Map<String, String> bases = TableCase.Catalogue.read().sheets();
        return refusedTables()
                .flatMap(it -> it.formats()
                        .map(format -> DynamicTest.dynamicTest(
                                it.name() + " (" + format + ")", () -> check(it.files(bases, format), it.expect()))));
    }

    private static void check(List<PolicyFile> files, List<String> expect) throws Exception {
        PolicyLoader.Loaded loaded = assertTimeoutPreemptively(LONGEST, () -> PolicyLoader.load("bad", files, TODAY));

        assertThat(loaded.policy()).isNull();
        assertThat(loaded.findings()).anyMatch(Finding::isError);
        assertThat(loaded.findings())
                .extracting(TableCase::described)
                .as(() -> String.valueOf(loaded.findings()))
                .containsAll(inFile(expect, files));
        assertThat(loaded.findings())
                .allSatisfy(finding ->
                        assertThat(finding.message()).isNotBlank().doesNotContain("Exception", "org.apache."));
        assertThat(canary.wasTouched()).isFalse();
    }

    private static Map<String, List<HostileCase>> hostile() throws IOException {
        return HostileCase.read(canary.file().toString(), canary.port());
    }

    /** Those with mistakes that are errors. */
    private static Stream<TableCase> refusedTables() throws IOException {
        Set<String> errors = Stream.of(FindingCode.values())
                .filter(code -> code.severity() == Finding.Severity.ERROR)
                .map(FindingCode::code)
                .collect(Collectors.toSet());
        return TableCase.Catalogue.read().cases().stream()
                .filter(it -> it.expect().stream()
                        .anyMatch(found ->
                                errors.contains(found.replaceAll(".*!", "").replaceAll("@.*", ""))));
    }

    /** What is about a whole workbook is said of its file, not of a sheet. */
    private static List<String> inFile(List<String> expect, List<PolicyFile> files) {
        PolicyFile first = files.get(0);
        return expect.stream()
                .map(it -> WHOLE_FILE.contains(it) && first.isWorkbook() ? first.name() + "!" + it : it)
                .toList();
    }
}
