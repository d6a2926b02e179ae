package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.MatchedRule;
import io.leeway.model.Proposal;
import io.leeway.model.Verdict;
import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.proof.Trial;
import io.leeway.testing.ProposalsAround;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Billing and logistics as they were first written, in the layout of Drools decision tables, and the plain sheets that ship
 * say the same: row by row, and of random proposals around every limit. Rows that look back came later, and stand aside.
 */
class SameVerdictsTest {
    private static final int PROPOSALS = Boolean.getBoolean("leeway.test.full") ? 500_000 : 20_000;
    private static final long SEED = 20_261_123;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static CompiledPolicy drools;
    private static CompiledPolicy plain;

    @BeforeAll
    static void read() throws IOException {
        drools = policy("src/test/resources/workbooks/drools-layout");
        plain = withoutLookingBack(policy("decision-tables"));
    }

    @Test
    void everyRowSaysWhatItSaid() {
        Map<String, Object> before = new TreeMap<>();
        Map<String, Object> after = new TreeMap<>();
        drools.tables().rows().forEach(row -> before.put(row.id(), meaning(row)));
        plain.tables().rows().stream()
                .filter(row -> !row.file().equals("payables.xlsx"))
                .forEach(row -> after.put(row.id(), meaning(row)));

        assertThat(after).isNotEmpty().isEqualTo(before);
    }

    @Test
    void randomProposalsGetTheSameVerdicts() {
        ProposalsAround proposals = new ProposalsAround(drools.tables(), plain.tables(), new Random(SEED));
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        Set<String> matched = new HashSet<>();
        for (int i = 0; i < PROPOSALS; i++) {
            Proposal proposal = proposals.next(NOON);
            Trial before = Trial.of(drools, proposal);
            Trial after = Trial.of(plain, proposal);
            assertThat(said(after))
                    .as("proposal %d of seed %d: %s", i, SEED, proposal)
                    .isEqualTo(said(before));
            answers.merge(after.answer(), 1, Integer::sum);
            matched.addAll(after.ruleIds());
        }
        assertThat(answers).as("the proposals must get everything").containsKeys(Answer.values());
        assertThat(answers.get(Answer.AUTONOMOUS)).isGreaterThan(PROPOSALS / 200);
        assertThat(matched)
                .as("the proposals must reach every row")
                .containsAll(drools.tables().rows().stream().map(Row::id).toList());
    }

    private static CompiledPolicy policy(String directory) throws IOException {
        PolicyLoader.Loaded loaded =
                PolicyLoader.build("test", PolicyDirectory.read(List.of(java.nio.file.Path.of(directory))), TODAY);
        return Objects.requireNonNull(loaded.policy(), () -> loaded.findings().toString());
    }

    private static CompiledPolicy withoutLookingBack(CompiledPolicy policy) {
        PolicyTables all = policy.tables();
        List<Row> rows = all.rows().stream()
                .filter(row -> row.conditions().stream()
                        .allMatch(condition -> condition.path().activity() == null))
                .toList();
        PolicyTables tables =
                new PolicyTables(rows, all.attributes(), all.actions(), all.tests(), all.guarantees(), all.data());
        return Objects.requireNonNull(PolicyCompiler.compile("test", policy.digest(), tables, List.of())
                .policy());
    }

    private static Map<String, Object> meaning(Row row) {
        Set<Object> conditions = new HashSet<>();
        for (Condition condition : row.conditions()) {
            Object limit = condition.limit() instanceof List<?> list ? Set.copyOf(list) : condition.limit();
            conditions.add(List.of(condition.path().text(), condition.operator(), limit));
        }
        Map<String, Object> meaning = new HashMap<>();
        meaning.put("place", row.file() + " " + row.sheet() + " " + row.table());
        meaning.put("conditions", conditions);
        meaning.put("outcome", row.outcome());
        meaning.put("words", List.of(row.owner(), row.regulation(), row.ticket()));
        meaning.put("days", row.effective() + " " + row.expires());
        return meaning;
    }

    /** All but where it stands. */
    private static List<Object> said(Trial trial) {
        Verdict verdict = trial.verdict();
        if (verdict == null) {
            return List.of(trial.answer(), trial.refusal());
        }
        List<Object> rules = new ArrayList<>();
        for (MatchedRule rule : verdict.matched()) {
            rules.add(List.of(
                    rule.rule(),
                    rule.effect(),
                    rule.mode(),
                    rule.decisive(),
                    rule.because(),
                    rule.owner() + "",
                    rule.table() + ""));
        }
        return List.of(
                trial.answer(),
                trial.reason(),
                verdict.directive(),
                verdict.reasonCodes(),
                verdict.obligations(),
                verdict.requires(),
                rules);
    }
}
