package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.proof.BoundaryCases;
import io.leeway.policy.proof.Coverage;
import io.leeway.policy.proof.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workbooks that ship, looked at as their owners would: nothing to mend, every row tested, every limit tried. */
class ShippedWorkbooksTest {
    private static final Path WORKBOOKS = Path.of("decision-tables");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static List<PolicyFile> files;
    private static CompiledPolicy policy;
    private static TestRun run;

    @BeforeAll
    static void read() throws IOException {
        files = PolicyDirectory.read(List.of(WORKBOOKS));
        policy = Objects.requireNonNull(PolicyLoader.build("test", files, TODAY).policy());
        run = TestRun.of(policy, NOON);
    }

    /**
     * The overlaps are meant: up to a limit the agent alone; beyond it, or where it cannot be undone, with a person. And what is
     * asked of write-offs waits for the day on which one is granted to agents alone.
     */
    @Test
    void nothingIsToMendAndWhatIsNotedIsMeant() {
        List<Finding> findings = PolicyCheck.of(files, TODAY).findings();

        assertThat(findings).allMatch(it -> it.severity() == Finding.Severity.INFO);
        assertThat(findings)
                .extracting(it -> it.code() + " " + it.message().split("`")[1])
                .containsExactlyInAnyOrder(
                        "overlap BIL-REM-05",
                        "overlap BIL-REM-06",
                        "never-decisive FRESH-04",
                        "overlap LOG-REM-05",
                        "overlap LOG-REM-06");
    }

    @Test
    void theGuardrailsBesideThemChangeNoTest() throws IOException {
        List<PolicyFile> all = PolicyDirectory.read(List.of(WORKBOOKS, Path.of("rules")));

        assertThat(PolicyCheck.of(all, TODAY).findings()).allMatch(it -> it.severity() == Finding.Severity.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing.xlsx", "logistics.xlsx", "payables.xlsx"})
    void eachStandsOnItsOwnBesideTheVocabulary(String name) {
        List<PolicyFile> some = files.stream()
                .filter(it -> it.name().equals(name) || it.name().equals("vocabulary.xlsx"))
                .toList();

        assertThat(some).hasSize(2);
        assertThat(PolicyCheck.of(some, TODAY).findings()).noneMatch(Finding::isError);
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing.xlsx", "logistics.xlsx", "payables.xlsx"})
    void eachBringsItsTestsAndGuarantees(String name) {
        PolicyTables tables = policy.tables();

        assertThat(tables.rows()).extracting(Row::file).contains(name);
        assertThat(tables.tests()).extracting(TestCase::file).contains(name);
        assertThat(tables.guarantees())
                .filteredOn(it -> it.file().equals(name))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.owner()).contains("@"))
                .extracting(Guarantee::why)
                .doesNotContain("");
    }

    /** What engineers bring along is read too; {@code docs/} shows what it looks like. */
    @Test
    void theExampleOfTheDroolsLayoutIsSound() throws IOException {
        PolicyFile example = new PolicyFile("drools-layout.csv", Files.readAllBytes(Path.of("docs/drools-layout.csv")));

        PolicyLoader.Loaded loaded = PolicyLoader.build("test", List.of(example), TODAY);

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.policy()).isNotNull();
        assertThat(loaded.policy().tables().rows()).hasSize(4);
    }

    @Test
    void testsReachEveryRowAndTryEveryLimit() {
        assertThat(run.passed()).isTrue();
        assertThat(Coverage.of(policy.tables().rows(), run.trials()).rows())
                .filteredOn(it -> !it.isCovered())
                .isEmpty();
        assertThat(BoundaryCases.missing(policy, run, NOON))
                .extracting(BoundaryCases.BoundaryCase::id)
                .isEmpty();
    }
}
