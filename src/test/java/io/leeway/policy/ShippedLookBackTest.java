package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.compile.Compilation;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The shipped guardrails over what several agents did to one subject. */
class ShippedLookBackTest {
    private static final Path RULES = Path.of("rules/together.drl");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    /** @param then what is proposed */
    private record Case(String then, List<String> before, List<String> speak) {}

    @Test
    void eachSpeaksOfWhatItIsAboutAndOfNothingBesideIt() throws Exception {
        CompiledPolicy policy = policy();
        Set<String> spoken = new HashSet<>();
        List<Case> cases = cases();
        for (Case one : cases) {
            Evaluation evaluation = policy.evaluate(proposal(one), System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
            assertThat(evaluation.guardrails())
                    .as(one.toString())
                    .extracting(GuardrailMatch::rule)
                    .containsExactlyElementsOf(one.speak());
            assertThat(evaluation.guardrails())
                    .allSatisfy(match -> assertThat(match.prior()).isNotEmpty());
            spoken.addAll(one.speak());
        }
        assertThat(spoken).hasSize(rules());
        assertThat(cases.stream().filter(one -> one.speak().isEmpty())).hasSizeGreaterThan(rules());
    }

    private static CompiledPolicy policy() throws IOException {
        PolicyFile file = new PolicyFile("together.drl", Files.readAllBytes(RULES));
        Compilation compilation = PolicyCompiler.compile("v", "sha256:00", PolicyTables.NONE, List.of(file));
        assertThat(compilation.findings()).isEmpty();
        return compilation.policy();
    }

    private static int rules() throws IOException {
        return (int) Files.readString(RULES)
                .lines()
                .filter(line -> line.startsWith("rule "))
                .count();
    }

    private static List<Case> cases() throws IOException {
        try (InputStream file = ShippedLookBackTest.class.getResourceAsStream("/cases/together.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<List<Case>>() {});
        }
    }

    private static Proposal proposal(Case one) {
        String[] words = one.then().split(" ");
        List<PriorDecision> prior = new ArrayList<>();
        for (String before : one.before()) {
            String[] told = before.split(" ");
            prior.add(PriorDecision.seen(
                    NOW,
                    new UUID(7, prior.size()).toString(),
                    told[0],
                    told[1],
                    NOW.minusSeconds(Long.parseLong(told[3])),
                    money(told[2]),
                    false));
        }
        return new Proposal(
                        new Action("1", words[0], "", money(words[1]), null, null, Attributes.NONE, ""),
                        new Agent("me", "", "", Stage.FULL),
                        new Subject("thing", "T-1"),
                        EvidenceSet.asSent(List.of()),
                        Trace.NONE)
                .at(
                        NOW,
                        Stage.FULL,
                        Map.of(),
                        0,
                        0,
                        Activity.NONE.with(
                                ActivityQuery.PRIOR, new Activity.Before(BigDecimal.valueOf(prior.size()), prior)));
    }

    private static Money money(String amount) {
        return amount.equals("-") ? null : new Money(new BigDecimal(amount), "USD");
    }
}
