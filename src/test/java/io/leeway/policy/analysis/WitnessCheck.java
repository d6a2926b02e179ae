package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.Finding;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the witnesses of an analysis through the engine: what it found can be seen there. */
final class WitnessCheck {
    private final PolicyTables tables;
    private final CompiledPolicy policy;

    WitnessCheck(PolicyTables tables) {
        this.tables = tables;
        policy = Objects.requireNonNull(
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy());
    }

    void check(Analysis analysis) throws EvaluationException {
        for (Conclusion conclusion : analysis.conclusions()) {
            String code = conclusion.finding().code();
            if (!code.equals("analysis-incomplete") && !code.equals("vacuous-guarantee")) {
                check(conclusion);
            }
        }
    }

    private void check(Conclusion conclusion) throws EvaluationException {
        Proposal witness = conclusion.witness();
        assertThat(witness).as(conclusion.finding().toString()).isNotNull();
        assertThat(ProposalCheck.violations(tables, witness))
                .as("%s", conclusion)
                .isEmpty();
        Evaluation evaluation = policy.evaluate(witness, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        List<Row> matched = evaluation.rows();
        List<Row> rows = conclusion.rows();
        Stage stage = witness.agent().earned();
        Outcomes outcomes = Outcomes.of(matched, stage);
        boolean shown = switch (conclusion.finding().code()) {
            case "authority-gap" ->
                matched.stream().noneMatch(Row::isAuthority)
                        && matched.stream().noneMatch(it -> it.outcome().mode() == Mode.HUMAN_IN_CONTROL)
                        && outcomes.mode() == Mode.HUMAN_IN_CONTROL;
            case "never-matches" -> !matched.contains(rows.get(0));
            case "never-decisive" ->
                matched.contains(rows.get(0)) && outcomes.equals(Outcomes.without(rows.get(0), matched, stage));
            case "contradiction" ->
                matched.contains(rows.get(0))
                        && (outcomes.mode().compareTo(rows.get(0).outcome().mode()) > 0
                                || matched.contains(rows.get(1)));
            case "overlap" -> matched.containsAll(rows.subList(0, 2));
            case "skipped-value" -> !matched.contains(rows.get(0)) && !matched.contains(rows.get(1));
            case "evadable-safeguard" ->
                !matched.contains(rows.get(0))
                        && matched.contains(rows.get(1))
                        && outcomes.mode().compareTo(rows.get(0).outcome().mode()) < 0;
            case "broken-guarantee" -> {
                Guarantee guarantee = guaranteeAt(conclusion.finding());
                yield guarantee.when().stream().allMatch(it -> it.holds(witness))
                        && !outcomes.keeps(guarantee.then())
                        && Set.copyOf(matched).equals(Set.copyOf(rows));
            }
            default -> false;
        };
        assertThat(shown)
                .as("%s%nrows %s%nwitness %s%nmatched %s", conclusion.finding(), rows, witness, matched)
                .isTrue();
    }

    private Guarantee guaranteeAt(Finding finding) {
        return tables.guarantees().stream()
                .filter(it -> it.thenCell().equals(finding.cell()))
                .findFirst()
                .orElseThrow();
    }
}
