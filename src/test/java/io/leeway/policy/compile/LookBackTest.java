package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Combination;
import io.leeway.policy.Evaluation;
import io.leeway.policy.GuardrailMatch;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guardrails over what was decided before. */
class LookBackTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

    @Test
    void onlyAVersionThatLooksBackAsksForPriorDecisions() throws Exception {
        assertThat(compile("Proposal()").activityQuestions().all()).isEmpty();
        assertThat(compile("Proposal() not PriorDecision()").activityQuestions().of("anything"))
                .containsExactly(ActivityQuery.PRIOR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PriorDecision(agent == "b", amount > 5)                                         | 1, 3
            PriorDecision(ageSeconds <= 60)                                                 | 0, 1
            PriorDecision(ageSeconds > 60)                                                  | 2, 3
            PriorDecision(sameTrace)                                                        | 2
            PriorDecision(amount < 100)                                                     | 1, 3
            PriorDecision(currency == "")                                                   | 0, 2
            $p : Proposal() PriorDecision(agent != $p.agent.id)                             | 1, 3
            $p : Proposal() PriorDecision(id == $p.trace.parent)                            | 1
            $p : Proposal() PriorDecision(at.isBefore($p.now), actionType.startsWith("x.")) | 0, 1, 2, 3
            $a : PriorDecision(agent == "a") PriorDecision(agent == "b", actionType == $a.actionType, ageSeconds > 60) | 2, 3
            Proposal() exists PriorDecision(agent == "b")                                   | ''
            """)
    void theDecisionsThatAMatchFoundAreNamedNewestFirst(String when, String found) throws Exception {
        List<PriorDecision> prior = List.of(
                prior(0, "a", "x.do", 30, null, false),
                prior(1, "b", "x.undo", 60, "10.00", false),
                prior(2, "a", "x.undo", 61, null, true),
                prior(3, "b", "x.undo", 7_200, "20", false));

        Evaluation evaluation = TableOracleTest.evaluate(compile(when), proposal(prior));

        List<PriorDecision> expected = new ArrayList<>();
        for (String index : found.isEmpty() ? new String[0] : found.split(", ")) {
            expected.add(prior.get(Integer.parseInt(index)));
        }
        assertThat(evaluation.guardrails()).hasSize(1);
        assertThat(evaluation.guardrails().get(0).prior()).isEqualTo(expected);
    }

    @Test
    void theExplanationNamesThem() throws Exception {
        List<PriorDecision> prior = List.of(prior(0, "b", "x.do", 30, null, false));
        Evaluation evaluation = TableOracleTest.evaluate(compile("PriorDecision()"), proposal(prior));

        MatchedRule rule = Combination.of(evaluation, Stage.FULL, null, null)
                .matched(proposal(prior))
                .get(0);

        assertThat(rule.conditions())
                .containsExactly(new MatchedCondition(
                        "activity.prior(\"subject\")",
                        ">=",
                        "1",
                        "1",
                        "decision " + prior.get(0).id() + " by `b` at 2026-03-15T11:59:30Z",
                        ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PriorDecision()
            Proposal() PriorDecision(agent == "b")
            $p : Proposal() PriorDecision(agent != $p.agent.id)
            $a : PriorDecision() PriorDecision(agent != $a.agent)
            """)
    void nothingBeforeMatchesNothing(String when) throws Exception {
        assertThat(TableOracleTest.evaluate(compile(when), proposal(List.of())).guardrails())
                .isEmpty();
    }

    /** Each with each of the others is not too much for the smallest version. */
    @Test
    void everyPairOfTheMostThatThereCanBeIsLookedAt() throws Exception {
        List<PriorDecision> prior = new ArrayList<>();
        for (int i = 0; i < ActivityQuery.MOST_PRIOR; i++) {
            prior.add(prior(i, "agent-" + i, "x.do", i, "1", false));
        }

        Evaluation evaluation = TableOracleTest.evaluate(
                compile("$p : Proposal() $a : PriorDecision() PriorDecision(agent != $a.agent)"), proposal(prior));

        assertThat(evaluation.guardrails())
                .singleElement()
                .extracting(GuardrailMatch::prior)
                .isEqualTo(prior);
    }

    private static CompiledPolicy compile(String when) {
        String drl = """
                import io.leeway.model.PriorDecision;
                import io.leeway.model.Proposal;
                global io.leeway.policy.VerdictBuilder verdict;
                rule "looks back" @owner("o") when %s
                then verdict.require("Human in the loop"); verdict.because("x"); end
                """.formatted(when);
        Compilation compilation = PolicyCompiler.compile(
                "v",
                "sha256:00",
                new PolicyTables(List.of(), Map.of(), Map.of()),
                List.of(new PolicyFile("rules.drl", drl.getBytes(StandardCharsets.UTF_8))));
        assertThat(compilation.findings()).isEmpty();
        return compilation.policy();
    }

    private static PriorDecision prior(
            int number, String agent, String type, int secondsAgo, String amount, boolean sameTrace) {
        return PriorDecision.seen(
                NOW,
                new UUID(7, number).toString(),
                agent,
                type,
                NOW.minusSeconds(secondsAgo),
                amount == null ? null : new Money(new BigDecimal(amount), "USD"),
                sameTrace);
    }

    private static Proposal proposal(List<PriorDecision> prior) {
        return new Proposal(
                        new Action("1", "x.do", "", null, null, null, Attributes.NONE, ""),
                        new Agent("a", "", "", Stage.FULL),
                        new Subject("invoice", "I-1"),
                        EvidenceSet.asSent(List.of()),
                        new Trace("t", new UUID(7, 1).toString(), "", BigDecimal.ZERO, BigDecimal.ZERO))
                .at(
                        NOW,
                        Stage.FULL,
                        Map.of(),
                        0,
                        0,
                        Activity.NONE.with(
                                ActivityQuery.PRIOR, new Activity.Before(BigDecimal.valueOf(prior.size()), prior)));
    }
}
