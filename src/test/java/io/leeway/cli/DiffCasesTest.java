package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.analysis.Leeway;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.diff.VersionFiles;
import io.leeway.policy.diff.Witness;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code leeway diff} says of changes that people make, word for word. */
class DiffCasesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/cases/diff");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TestFactory
    Stream<DynamicTest> eachSaysWhatItsGoldenFileSays() throws IOException {
        DiffCase.Catalogue catalogue = DiffCase.Catalogue.read();
        return catalogue.cases().stream().map(it -> DynamicTest.dynamicTest(it.name(), () -> check(it, catalogue)));
    }

    private static void check(DiffCase one, DiffCase.Catalogue catalogue) throws IOException {
        String said = DiffText.of(VersionDiff.of(version(one.before(catalogue)), version(one.after(catalogue))));
        Path golden = GOLDEN.resolve(file(one));
        if (Boolean.getBoolean("leeway.test.update-golden")) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @TestFactory
    Stream<DynamicTest> eachWitnessGetsItFromTheEngine() throws IOException {
        DiffCase.Catalogue catalogue = DiffCase.Catalogue.read();
        return catalogue.cases().stream()
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> checkWitnesses(it, catalogue)));
    }

    private static void checkWitnesses(DiffCase one, DiffCase.Catalogue catalogue) throws EvaluationException {
        VersionFiles before = version(one.before(catalogue));
        VersionFiles after = version(one.after(catalogue));
        CompiledPolicy was = Leeway.compiled(Objects.requireNonNull(before.tables()));
        CompiledPolicy is = Leeway.compiled(Objects.requireNonNull(after.tables()));
        for (Witness witness : VersionDiff.of(before, after).witnesses()) {
            boolean more = witness.change() == Witness.Change.MORE;
            assertThat(witness.proposal()).as(witness.message()).isNotNull();
            assertThat(Leeway.isMore(
                            Leeway.verdict(more ? was : is, witness.proposal()),
                            Leeway.verdict(more ? is : was, witness.proposal())))
                    .as(witness.message())
                    .isTrue();
        }
    }

    @Test
    void everyGoldenFileHasItsCase() throws IOException {
        List<String> names = DiffCase.Catalogue.read().cases().stream()
                .map(DiffCasesTest::file)
                .toList();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(it -> it.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static String file(DiffCase one) {
        return one.name().replace(' ', '-') + ".txt";
    }

    private static VersionFiles version(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.tables()).as("%s", reading.findings()).isNotNull();
        return new VersionFiles(files, reading.tables());
    }
}
