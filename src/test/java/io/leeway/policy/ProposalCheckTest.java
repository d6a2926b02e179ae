package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.ActionType.AmountRule;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of the action and of the subject are held against what the version lists and declares, each where it belongs. */
class ProposalCheckTest {
    private static final PolicyTables TABLES = new PolicyTables(
            List.of(),
            Map.of(
                    "tier", new AttributeType("tier", PathType.TEXT, "", List.of("gold", "tin"), ""),
                    "reason", new AttributeType("reason", PathType.TEXT, "", List.of(), ""),
                    "score", new AttributeType("score", PathType.NUMBER, "", List.of(), "")),
            Map.of(
                    "pay",
                    new ActionType(
                            "pay",
                            "",
                            AmountRule.OPTIONAL,
                            Map.of(),
                            Map.of("reason", true, "score", false, "subject.tier", true, "subject.score", false))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "reason=x | tier=gold | ~~",
                "reason=x,score=3 | tier=tin,score=4 | ~~",
                "reason=x | ~~ | /subject/attributes/tier needs",
                "~~ | tier=gold | /action/attributes/reason needs",
                "reason= | tier=gold | /action/attributes/reason needs",
                "reason=x | tier=brass | /subject/attributes/tier not allowed",
                "reason=x | tier=gold,score=high | /subject/attributes/score is a number",
                "reason=x | tier=gold,reason=x | /subject/attributes/reason has no",
                "reason=x,tier=gold | tier=gold | /action/attributes/tier has no",
                // a name with a point in it is no way round
                "reason=x,subject.tier=gold | ~~ | /action/attributes/subject.tier has no;/subject/attributes/tier needs",
            })
    void what_is_sent_is_as_listed_and_declared(String action, String subject, String expected) {
        List<String> wanted =
                Stream.of(expected.split(";")).filter(it -> !it.isEmpty()).toList();
        var violations = ProposalCheck.violations(TABLES, proposal("pay", action, subject));
        assertThat(violations).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            String[] parts = wanted.get(i).split(" ", 2);
            assertThat(violations.get(i).pointer()).isEqualTo(parts[0]);
            assertThat(violations.get(i).message()).contains(parts[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void without_an_actions_sheet_only_types_and_values_count(int action, int subject) {
        PolicyTables open = new PolicyTables(List.of(), TABLES.attributes(), Map.of());
        var violations = ProposalCheck.violations(
                open, proposal("any", action == 0 ? "other=x" : "score=x", subject == 0 ? "other=x" : "tier=x"));
        assertThat(violations).hasSize(1);
    }

    private static Proposal proposal(String type, String action, String subject) {
        return new Proposal(
                new Action("a", type, "", null, null, null, attributes(action), ""),
                new Agent("a", "", "", Stage.FULL),
                new Subject("account", "A-1", attributes(subject)),
                EvidenceSet.asSent(List.of()),
                Trace.NONE);
    }

    private static Attributes attributes(String text) {
        Map<String, Object> values = new HashMap<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = one.split("=", -1);
            values.put(parts[0], parts[1].matches("[0-9]+") ? new BigDecimal(parts[1]) : parts[1]);
        }
        return new Attributes(values);
    }
}
