package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Condition;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.Finding;
import io.leeway.policy.GuardrailMatch;
import io.leeway.policy.Operator;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.testing.RandomTables;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DRL may say, what it may not, and that what it says counts. */
class GuardrailTest {
    private static final String HEAD = """
            package examples.rules;
            import io.leeway.model.Proposal;
            import io.leeway.model.Evidence;
            global io.leeway.policy.VerdictBuilder verdict;
            """;
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> refusedDrlIsNotCompiledAndNotRun() throws IOException {
        List<Map<String, String>> cases = cases("guardrails-refused.yaml");
        assertThat(cases).hasSizeGreaterThan(40);
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.get("name"), () -> {
                    Path canary = directory.resolve("canary");
                    Compilation compilation = compile(drl(one).replace("CANARY", canary.toString()));

                    assertThat(compilation.policy()).isNull();
                    assertThat(compilation.findings()).anySatisfy(finding -> {
                        assertThat(finding.code()).isEqualTo(one.get("code"));
                        assertThat(finding.message()).contains(one.get("says"));
                        assertThat(finding.file()).isEqualTo("rules.drl");
                    });
                    assertThat(canary).doesNotExist();
                }));
    }

    private static String drl(Map<String, String> one) {
        if (one.containsKey("drl")) {
            return one.get("drl");
        }
        String rule = one.getOrDefault(
                "rule",
                "rule \"a\" @owner(\"ops\") " + one.getOrDefault("attributes", "") + "\nwhen\n  "
                        + one.getOrDefault("when", "$p : Proposal()")
                        + "\nthen\n  verdict.require(\"Human in control\");\n  verdict.because(\"reason\");\n  "
                        + one.getOrDefault("then", "") + "\nend\n");
        return HEAD + one.getOrDefault("head", "") + "\n" + rule;
    }

    @Test
    void soundGuardrailsFireWhenTheirConditionsHold() throws Exception {
        List<Map<String, String>> cases = cases("guardrails-fire.yaml");
        StringBuilder drl = new StringBuilder(HEAD);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String name = "case " + (100 + i);
            drl.append("rule \"%s\" @owner(\"ops\")\nwhen\n  %s\nthen\n"
                            .formatted(name, cases.get(i).get("when")))
                    .append("  verdict.require(\"Human in control\"); verdict.because(\"reason\");\nend\n");
            if (cases.get(i).get("fires").equals("true")) {
                expected.add(name);
            }
        }
        Compilation compilation = compile(drl.toString());
        assertThat(compilation.findings()).isEmpty();

        Evaluation evaluation = TableOracleTest.evaluate(compilation.policy(), proposal());

        assertThat(evaluation.guardrails()).extracting(GuardrailMatch::rule).containsExactlyElementsOf(expected);
        assertThat(compilation.policy().pathTexts()).containsExactlyInAnyOrder("trace.depth", "action.type");
    }

    @Test
    void aGuardrailSaysWhatItsTextSaysOnceHoweverOftenItFires() throws Exception {
        String drl = HEAD + """
                // Evidence of any name will do.
                rule "Fresh look" @owner("risk@example.com") @regulation("R 1")
                when
                  Evidence()
                then
                  verdict.require("Prohibited"); // nobody
                  verdict.because("It says \\"no\\".");
                  verdict.approvers("leads", 2);
                  verdict.oblige("notify", "ops");
                end
                """;
        Compilation compilation = compile(drl);

        Evaluation evaluation = TableOracleTest.evaluate(compilation.policy(), proposal());

        assertThat(evaluation.rows()).extracting(Row::id).containsExactly("ROW-1");
        assertThat(evaluation.guardrails()).singleElement().satisfies(match -> {
            assertThat(match.rule()).isEqualTo("Fresh look");
            assertThat(match.owner()).isEqualTo("risk@example.com");
            assertThat(match.source().file()).isEqualTo("rules.drl");
            assertThat(match.source().sheet()).isNull();
            assertThat(match.source().sha256()).isEqualTo(file(drl).sha256());
            assertThat(match.outcome())
                    .isEqualTo(new Row.Outcome(
                            Effect.PROHIBIT,
                            Mode.HUMAN_IN_CONTROL,
                            "It says \"no\".",
                            new ApprovalRequirement("leads", 2),
                            List.of(new Obligation("notify", "ops")),
                            null));
        });
    }

    @Test
    void everyViolationIsFoundAtOnceWithItsLine() {
        Compilation compilation = compile(HEAD + """
                import java.io.File;
                rule "one"
                when
                  Proposal(action.nope == 1)
                then
                  verdict.require("Autonomous");
                  System.exit(1);
                end
                """);

        assertThat(compilation.findings())
                .extracting(Finding::code, Finding::cell)
                .containsExactlyInAnyOrder(
                        tuple("drl-import", "5"),
                        tuple("drl-annotation", "6"),
                        tuple("drl-condition", "8"),
                        tuple("drl-consequence", "11"));
    }

    /** Evidence `contract` is 3 h old; the rule's other conditions and whether it fires do not matter. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Proposal(evidence.staleAfter("contract", "PT4H"))                                            | PT1H
            Proposal(evidence.staleAfter("contract", "PT4H") == false)                                   | PT1H
            $p : Proposal(action.type == "other") not Evidence($p.evidence.staleAfter(name, "PT4H"))     | PT1H
            $p : Proposal($e : evidence) Evidence($e.ageSeconds(this) > 14400)                           | PT1H
            Proposal(14400 >= evidence.oldestSeconds)                                                    | PT1H
            Proposal($age : evidence.oldestSeconds, ($age < (14400.5)))                                  | PT1H0.5S
            Proposal(evidence.oldestSeconds > 14400, evidence.staleAfter("contract", "PT3H30M"))         | PT30M
            $p : Proposal() Evidence(observedAt != null, observedAt.isAfter($p.now))                     |
            Proposal(evidence.oldestSeconds != null)                                                     |
            Proposal(evidence.staleAfter("contract", "PT2H"), evidence.staleAfter("absent", "PT4H"))     |
            Proposal(evidence.count > 1)                                                                 |
            """)
    void aPermitEndsWhenWhatDrlAsksAboutAgeTurns(String when, @Nullable String turns) {
        CompiledPolicy policy = compile(HEAD + "rule \"r\" @owner(\"o\") when " + when
                        + " then verdict.require(\"Human in the loop\"); verdict.because(\"x\"); end")
                .policy();
        assertThat(policy).isNotNull();
        assertThat(policy.evidenceTurnsStale(proposal(), NOW.plus(Duration.ofHours(2))))
                .isEqualTo(Optional.ofNullable(turns).map(Duration::parse).map(NOW::plus));
        assertThat(policy.evidenceTurnsStale(proposal(), NOW.plus(Duration.ofMinutes(29))))
                .isEmpty();
    }

    @Test
    void aComparisonOfTheClockTurnsWhenItReachesTheEvidence() {
        CompiledPolicy policy = compile(HEAD + """
                        rule "r" @owner("o") when $p : Proposal($now : now) Evidence(observedAt.isBefore($now))
                        then verdict.require("Human in the loop"); verdict.because("x"); end
                        """).policy();
        assertThat(policy).isNotNull();
        Proposal ahead = proposal();
        ahead = new Proposal(
                        ahead.action(),
                        ahead.agent(),
                        ahead.subject(),
                        EvidenceSet.asSent(List.of(new Evidence("a", "", NOW.plusSeconds(1), "", List.of(), ""))),
                        ahead.trace())
                .at(NOW, Stage.LIMITED, Map.of(), 0, 0);
        assertThat(policy.evidenceTurnsStale(ahead, NOW.plusSeconds(60))).contains(NOW.plusSeconds(1));
    }

    @Test
    void anEvaluationThatFailsOrIsLateSaysSo() {
        String drl = HEAD + """
                rule "undated" @owner("o") when $p : Proposal() Evidence(observedAt.isBefore($p.now))
                then verdict.require("Human in control"); verdict.because("x"); end
                """;
        CompiledPolicy policy = compile(drl).policy();
        EvaluationException failed =
                catchThrowableOfType(EvaluationException.class, () -> TableOracleTest.evaluate(policy, proposal()));
        assertThat(failed.isDeadline()).isFalse();

        CompiledPolicy tables = TableOracleTest.compile(policy.tables());
        EvaluationException late = catchThrowableOfType(
                EvaluationException.class, () -> tables.evaluate(proposal(), System.nanoTime() - 1));
        assertThat(late.isDeadline()).isTrue();
    }

    private static Compilation compile(String drl) {
        io.leeway.policy.Path type =
                RandomTables.text("action.type", p -> p.action().type());
        Row row = new Row(
                "ROW-1",
                "t.csv",
                null,
                6,
                "A6:C6",
                "00",
                "T",
                "o",
                "",
                "",
                List.of(new Condition(type, Operator.STARTS_WITH, "billing", "B6")),
                new Row.Outcome(Effect.GRANT, Mode.AUTONOMOUS, "b", null, List.of(), null),
                null,
                null);
        PolicyTables tables = new PolicyTables(List.of(row), Map.of(), Map.of());
        return PolicyCompiler.compile("v", "sha256:00", tables, List.of(file(drl)));
    }

    private static PolicyFile file(String drl) {
        return new PolicyFile("rules.drl", drl.getBytes(StandardCharsets.UTF_8));
    }

    private static Proposal proposal() {
        Action action = new Action(
                "x-1",
                "billing.adjust",
                "",
                new Money(new BigDecimal("500.00"), "USD"),
                null,
                false,
                new Attributes(Map.of("days", BigDecimal.valueOf(30))),
                "");
        List<Evidence> evidence = List.of(
                new Evidence("contract", "erp", NOW.minus(Duration.ofHours(3)), "v1", List.of("erp", "lake"), ""),
                new Evidence("charge", "", null, "", List.of(), ""));
        return new Proposal(
                        action,
                        new Agent("a-1", "", "", Stage.SUPERVISED),
                        new Subject("invoice", "INV-7"),
                        EvidenceSet.asSent(evidence),
                        Trace.NONE)
                .at(NOW, Stage.LIMITED, Map.of(), 2, 0);
    }

    private static List<Map<String, String>> cases(String name) throws IOException {
        try (InputStream in = GuardrailTest.class.getResourceAsStream("/cases/" + name)) {
            return new ObjectMapper(new YAMLFactory()).readValue(in, new TypeReference<List<Map<String, String>>>() {});
        }
    }
}
