package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.json.ProposalReader;
import io.leeway.ledger.CanonicalJson;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.policy.Combination;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.explain.ProposalJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each witness of a comparison, run through the engine under both versions: the one gives it more leeway than the other. Sent as
 * the JSON that people get, it is the same proposal.
 */
class WitnessesRunTest {
    private static final long SEED = 95_000;
    private static final int PAIRS = Boolean.getBoolean("leeway.test.full") ? 2_000 : 500;

    @Test
    void getMoreFromTheEngineOfTheLooserVersion() throws EvaluationException {
        int looser = 0;
        int tighter = 0;
        int modes = 0;
        for (int i = 0; i < PAIRS; i++) {
            SmallWorld world = new SmallWorld(SEED + i);
            PolicyTables before = world.tables();
            PolicyTables after = world.changed();
            Comparison comparison = Comparison.of(before, after);
            try (CompiledPolicy was = compiled(before);
                    CompiledPolicy is = compiled(after)) {
                for (Difference difference : comparison.looser()) {
                    modes += isMoreLenient(was, is, difference, SEED + i) ? 1 : 0;
                    looser++;
                }
                for (Difference difference : comparison.tighter()) {
                    modes += isMoreLenient(is, was, difference, SEED + i) ? 1 : 0;
                    tighter++;
                }
            }
        }
        assertThat(looser).isGreaterThan(PAIRS / 4);
        assertThat(tighter).isGreaterThan(PAIRS / 4);
        assertThat(modes).as("differences of modes").isGreaterThan(PAIRS / 4);
    }

    /** Fails unless the witness gets more; says whether it gets another mode. */
    private static boolean isMoreLenient(CompiledPolicy stricter, CompiledPolicy looser, Difference shown, long seed)
            throws EvaluationException {
        String about = shown + ", seed " + seed;
        Proposal witness = shown.witness();
        assertThat(witness).as(about).isNotNull();
        assertThat(ProposalCheck.violations(looser.tables(), witness)).as(about).isEmpty();
        Combination was = verdict(stricter, witness);
        Combination is = verdict(looser, witness);
        boolean mode = is.mode().compareTo(was.mode()) < 0;
        boolean halt = was.directive() == Directive.HALT && is.directive() != Directive.HALT;
        assertThat(mode || halt || losesDuties(was, is))
                .as("%s%nwas %s%nis %s", about, was, is)
                .isTrue();
        assertThat(looser.evaluate(sent(witness), deadline()).rows())
                .as("sent as JSON, %s", about)
                .isEqualTo(is.evaluation().rows());
        return mode;
    }

    private static boolean losesDuties(Combination was, Combination is) {
        if (was.obligations().stream()
                .anyMatch(owed -> is.obligations().stream().noneMatch(it -> covers(it, owed)))) {
            return true;
        }
        // Approvals count at the stage that asks for them, whatever the stage of the witness.
        return is.mode() != Mode.HUMAN_IN_CONTROL
                && (was.outcomes().stream()
                                .map(Row.Outcome::approvers)
                                .filter(Objects::nonNull)
                                .anyMatch(asked -> is.outcomes().stream()
                                        .map(Row.Outcome::approvers)
                                        .noneMatch(it -> covers(it, asked)))
                        || isShorter(was.shortestLife(), is.shortestLife()));
    }

    private static boolean covers(Obligation is, Obligation was) {
        boolean samples = is.type().equals("sample") && was.type().equals("sample");
        return is.equals(was) || samples && new BigDecimal(is.value()).compareTo(new BigDecimal(was.value())) >= 0;
    }

    private static boolean covers(@Nullable ApprovalRequirement is, ApprovalRequirement was) {
        return is != null && is.group().equals(was.group()) && is.quorum() >= was.quorum();
    }

    private static boolean isShorter(@Nullable Duration one, @Nullable Duration other) {
        return one != null && (other == null || one.compareTo(other) < 0);
    }

    /** As the lane combines it: what the version does not list is a person's. */
    private static Combination verdict(CompiledPolicy policy, Proposal proposal) throws EvaluationException {
        ReasonCode failure = policy.tables().unlisted(proposal);
        return Combination.of(
                policy.evaluate(proposal, deadline()), proposal.agent().earned(), false, failure);
    }

    /** The proposal after it went out as JSON, with what does not come from the caller put back. */
    private static Proposal sent(Proposal witness) {
        Proposal read = ProposalReader.read(CanonicalJson.bytes(ProposalJson.of(witness)))
                .proposal();
        return read.at(
                witness.now(),
                witness.agent().earned(),
                witness.evidence().schemas(),
                witness.trace().depth().longValueExact(),
                witness.trace().repeats().longValueExact());
    }

    private static CompiledPolicy compiled(PolicyTables tables) {
        return Objects.requireNonNull(
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy());
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }
}
