package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.MatchedRule;
import io.leeway.model.Proposal;
import io.leeway.model.Verdict;
import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathValues;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.proof.Trial;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Billing and logistics as they were first written, in the layout of Drools decision tables, and the plain sheets that ship
 * say the same: row by row, and of random proposals around every limit.
 */
class SameVerdictsTest {
    private static final int PROPOSALS = Boolean.getBoolean("leeway.test.full") ? 500_000 : 20_000;
    private static final long SEED = 20_261_123;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static CompiledPolicy drools;
    private static CompiledPolicy plain;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void read() throws IOException {
        drools = policy("src/test/resources/workbooks/drools-layout");
        plain = policy("decision-tables");
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
        Map<Path, List<Object>> values = values();
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        Set<String> matched = new HashSet<>();
        for (int i = 0; i < PROPOSALS; i++) {
            Proposal proposal = proposal(values);
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

    /** What the rows tell apart, path by path. */
    private static Map<Path, List<Object>> values() {
        Map<String, List<Condition>> conditions = new LinkedHashMap<>();
        for (Row row : drools.tables().rows()) {
            row.conditions()
                    .forEach(it -> conditions
                            .computeIfAbsent(it.path().text(), path -> new ArrayList<>())
                            .add(it));
        }
        Map<Path, List<Object>> values = new LinkedHashMap<>();
        conditions.values().forEach(asked -> {
            Path path = asked.get(0).path();
            values.put(path, new ArrayList<>(PathValues.around(path, asked, drools.tables())));
        });
        return values;
    }

    private Proposal proposal(Map<Path, List<Object>> values) {
        PolicyTables tables = plain.tables();
        boolean inOrder = random.nextInt(3) > 0;
        List<String> types =
                drools.tables().actions().keySet().stream().sorted().toList();
        String type = random.nextInt(50) == 0 ? "billing.reverse" : types.get(random.nextInt(types.size()));
        ActionType declared = tables.actions().get(type);
        ProposalDraft draft = ProposalDraft.blank(NOON);
        values.forEach((path, some) -> {
            boolean takes = takes(declared, Vocabulary.attributeOf(path));
            if (takes && random.nextInt(10) > 0) {
                Object value = inOrder && random.nextInt(8) > 0 ? orderly(path) : null;
                draft.give(TestInput.of(path), value == null ? some.get(random.nextInt(some.size())) : value);
            }
        });
        if (declared != null && random.nextInt(20) > 0) {
            declared.attributes().keySet().stream()
                    .filter(name ->
                            values.keySet().stream().noneMatch(path -> name.equals(Vocabulary.attributeOf(path))))
                    .forEach(name -> attribute(draft, tables.attributes().get(name)));
        }
        draft.give(input("action.type"), type);
        return draft.build(tables);
    }

    /** Mostly what the type takes: else nearly everything would be refused. */
    private boolean takes(@Nullable ActionType declared, @Nullable String attribute) {
        return attribute == null
                || declared == null
                || declared.attributes().containsKey(attribute)
                || random.nextInt(60) == 0;
    }

    /** A value that no safeguard minds, null for those that none asks about. */
    private static @Nullable Object orderly(Path path) {
        return switch (path.text()) {
            case "action.confidence" -> BigDecimal.ONE;
            case "action.reversible" -> true;
            case "agent.stage" -> "FULL";
            case "trace.repeats", "trace.depth", "action.number(\"delayHours\")" -> BigDecimal.ZERO;
            case "action.flag(\"hazardous\")" -> false;
            default -> path.evidenceAge() == null ? null : false;
        };
    }

    private static void attribute(ProposalDraft draft, AttributeType type) {
        draft.give(
                input("action.text(\"" + type.name() + "\")"),
                type.allowed().isEmpty() ? "text" : type.allowed().get(0));
    }

    private static TestInput input(String path) {
        return ((TestInput.Found) TestInput.parse(path, PathScope.UNBOUND)).input();
    }
}
