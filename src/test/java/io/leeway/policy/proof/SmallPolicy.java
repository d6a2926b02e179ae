package io.leeway.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.testing.SheetBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A grant with a limit, and safeguards on confidence and on the age of a record; tests are written beside it. */
final class SmallPolicy {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final List<String> TABLES = """
            RuleSet | leeway.small
            Owner | billing-policy@example.com
            RuleTable Remit
            NAME | CONDITION | CONDITION | CONDITION | ACTION | ACTION
            | $p : Proposal... | $p : Proposal... | $p : Proposal...
            | forall(||){action.type == "$"} | action.currency == "$param" | action.amount <= $param | verdict.grant("$param"); | verdict.because("$param");
            Id | Action | Currency | Amount up to | Mode | Because
            REM-01 | billing.adjust, billing.refund | USD | 500 | Autonomous | Small corrections are the agent's remit.
            REM-02 | billing.adjust | USD | 2000 | Human in the loop | Larger ones need a lead.
            RuleTable Safeguards
            NAME | CONDITION | CONDITION | ACTION | ACTION
            | $p : Proposal... | $p : Proposal...
            | action.confidence < $param | evidence.staleAfter("$1", "$2") == true | verdict.require("$param"); | verdict.because("$param");
            Id | Confidence | Stale | Needs at least | Because
            SAFE-01 | 0.8 | | Human in the loop | The agent is not sure.
            SAFE-02 | | charge.record, PT15M | Human in control | The record is stale.
            """.lines().toList();

    private SmallPolicy() {}

    static Reading read(String... tests) {
        PolicyFile tables = SheetBuilder.of("Main", TABLES).csv("small.csv");
        PolicyFile lines = SheetBuilder.of("Tests", List.of(tests)).csv("tests.csv");
        List<PolicyFile> files = tests.length == 0 ? List.of(tables) : List.of(tables, lines);
        return PolicyReader.read(files, LocalDate.of(2026, 11, 22));
    }

    static CompiledPolicy with(String... tests) {
        Reading reading = read(tests);
        assertThat(reading.findings()).isEmpty();
        CompiledPolicy policy = PolicyCompiler.compile("test", "sha256:00", reading.tables(), List.of())
                .policy();
        assertThat(policy).isNotNull();
        return policy;
    }
}
