package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Proposal FULL = new Proposal(
                    new Action(
                            "a1",
                            "billing.adjust",
                            "one line",
                            new Money(new BigDecimal("120.00"), "USD"),
                            new BigDecimal("0.9"),
                            true,
                            new Attributes(Map.of("channel", "card", "age", new BigDecimal("7"), "vip", false)),
                            ""),
                    new Agent("agent-7", "ops", "", Stage.SUPERVISED),
                    new Subject("account", "A-1"),
                    EvidenceSet.asSent(
                            List.of(new Evidence("charge.record", "db", NOW.minusSeconds(901), "v3", List.of(), ""))),
                    Trace.NONE)
            .at(NOW, Stage.LIMITED, Map.of(), 2, 3);

    private static final Proposal BARE = new Proposal(
                    new Action("a2", "x", "", null, null, null, Attributes.NONE, ""),
                    new Agent("b", "", "", Stage.SUPERVISED),
                    new Subject("", ""),
                    EvidenceSet.asSent(List.of()),
                    Trace.NONE)
            .at(NOW, Stage.SHADOW, Map.of(), 0, 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            quoteCharacter = '\'',
            value = {
                "action.type | billing.adjust | x",
                "action.currency | USD | ''",
                "action.amount | 120.00 | null",
                "action.confidence | 0.9 | 0",
                "action.reversible | true | null",
                "action.text(\"channel\") | card | ''",
                "action.number(\"age\") | 7 | null",
                "action.flag(\"vip\") | false | null",
                "agent.id | agent-7 | b",
                "agent.operator | ops | ''",
                "agent.stage | LIMITED | SHADOW",
                "subject.type | account | ''",
                "subject.id | A-1 | ''",
                "evidence.staleAfter(\"charge.record\", \"PT15M\") | true | true",
                "evidence.staleAfter(\"charge.record\", \"PT16M\") | false | true",
                "evidence.schema(\"charge.record\") | v3 | ''",
                "evidence.verified(\"charge.record\") | false | false",
                "evidence.oldestSeconds | 901.000000 | null",
                "evidence.count | 1 | 0",
                "trace.depth | 2 | 0",
                "trace.repeats | 3 | 0",
            })
    void every_path_reads_its_value_and_knows_when_it_is_absent(String path, String full, String bare) {
        Path found = found(path);
        assertThat(found.text()).isEqualTo(path);
        assertThat(text(found.valueOf(FULL))).isEqualTo(full);
        assertThat(text(found.valueOf(BARE))).isEqualTo(bare);
    }

    @Test
    void every_entry_parses_and_is_of_the_type_that_it_says() {
        assertThat(Vocabulary.entries()).hasSize(21).allSatisfy(entry -> {
            Path path = found(entry.path());
            assertThat(path.text()).isEqualTo(entry.path());
            assertThat(path.type()).isEqualTo(entry.type());
            assertThat(entry.meaning()).isNotBlank();
        });
        assertThat(Vocabulary.entries())
                .extracting(Vocabulary.Entry::path)
                .contains("evidence.staleAfter(\"name\", \"PT15M\")");
    }

    @Test
    void spaces_do_not_make_another_path() {
        Path path = found(" evidence.staleAfter( \"charge.record\" ,\"PT15M\" ) ");

        assertThat(path.text()).isEqualTo("evidence.staleAfter(\"charge.record\", \"PT15M\")");
        assertThat(path.evidenceAge()).isEqualTo(new Path.EvidenceAge("charge.record", "PT15M"));
        assertThat(found("action.amount").evidenceAge()).isNull();
    }

    @Test
    void what_is_nearly_a_path_is_refused_with_the_path_that_was_meant() {
        assertThat(refused("action.amout").message()).contains("unknown path `action.amout`", "`action.amount`");
        assertThat(refused("evidence.staleAftr(\"a\", \"PT1M\")").message()).contains("`evidence.staleAfter`");
        assertThat(refused("activity.count(\"agent\", \"PT10M\")").reason()).isEqualTo(Vocabulary.Reason.UNKNOWN_PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action.amount(\"x\")",
                "action.text",
                "action.text()",
                "action.text(x)",
                "action.text(\"\")",
                "action.text(\"a\",)",
                "action.text(\"a\" \"b\")",
                "action.text(\"a\", \"b\")",
            })
    void wrong_arguments_are_refused(String path) {
        assertThat(refused(path).reason()).isEqualTo(Vocabulary.Reason.WRONG_ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"15M", "PT", "P", "PT0S", "-PT1M", "pt1m", "P1M", "P3651D", "PT1.5S", "P1DT", "PT99999999999S"})
    void what_is_no_duration_is_refused(String duration) {
        assertThat(refused("evidence.staleAfter(\"a\", \"" + duration + "\")").reason())
                .isEqualTo(Vocabulary.Reason.BAD_DURATION);
    }

    private static Path found(String text) {
        assertThat(Vocabulary.parse(text)).isInstanceOf(Vocabulary.Found.class);
        return ((Vocabulary.Found) Vocabulary.parse(text)).path();
    }

    private static Vocabulary.Refused refused(String text) {
        assertThat(Vocabulary.parse(text)).isInstanceOf(Vocabulary.Refused.class);
        return (Vocabulary.Refused) Vocabulary.parse(text);
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }
}
