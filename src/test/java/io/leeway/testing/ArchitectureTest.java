package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture holds; and each of its rules finds a class that breaks it. */
class ArchitectureTest {
    private static final String BAD = "io.leeway.testing.bad";

    /** Which class, wrong on purpose, each rule must find. */
    private static final Map<String, Set<String>> CULPRITS = Map.ofEntries(
            Map.entry("package table", Set.of("model.LooksUp", "stray.Unlisted")),
            Map.entry("no cycles", Set.of("Cycle detected: Slice control")),
            Map.entry("rule engines stay in policy", Set.of("decision.FiresRules")),
            Map.entry("HTTP stays in api and console", Set.of("ledger.SpeaksHttp")),
            Map.entry("Jackson stays in api and cli", Set.of("decision.ParsesJson")),
            Map.entry("rows stay inside their package", Set.of("activity.OpenRow", "activity.Entity")),
            Map.entry("model is plain Java", Set.of("model.NotPlain")),
            Map.entry("names say what a class is", Set.of("api.MoneyUtil", "api.BaseResource")),
            Map.entry("decisions are repeatable", Set.of("control.ReadsClock", "control.DrawsChance")),
            Map.entry("packages are described and null-marked", Set.of("stray.Unlisted")),
            Map.entry("constructor injection", Set.of("security.InjectsField")));

    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.leeway");

    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(BAD);

    static Stream<String> rules() {
        return new Architecture("io.leeway").rules().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void leewayKeeps(String rule) {
        new Architecture("io.leeway").rules().get(rule).check(REAL);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isFoundWhenBroken(String rule) {
        EvaluationResult result =
                new Architecture(BAD).rules().get(rule).allowEmptyShould(true).evaluate(WRONG);
        String report = String.join("\n", result.getFailureReport().getDetails());
        assertThat(CULPRITS.get(rule)).allSatisfy(culprit -> assertThat(report).contains(culprit));
    }

    @Test
    void exceptionsAreStillNeeded() {
        String report = String.join(
                "\n",
                new Architecture("io.leeway")
                        .repeatable(Set.of())
                        .evaluate(REAL)
                        .getFailureReport()
                        .getDetails());
        assertThat(Architecture.UNREPEATABLE_ALLOWED.stream()
                        .filter(exception ->
                                REAL.stream().anyMatch(type -> type.getName().startsWith("io.leeway." + exception))))
                .isNotEmpty()
                .allSatisfy(exception -> assertThat(report).contains("io.leeway." + exception));
    }

    @Test
    void importsWhatItJudges() {
        assertThat(REAL.size()).isGreaterThan(30);
        assertThat(CULPRITS.keySet()).containsExactlyInAnyOrderElementsOf(rules().toList());
    }
}
