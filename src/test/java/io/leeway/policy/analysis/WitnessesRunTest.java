package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.json.ProposalReader;
import io.leeway.ledger.CanonicalJson;
import io.leeway.model.Proposal;
import io.leeway.policy.Combination;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalCheck;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.explain.ProposalJson;
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
            try (CompiledPolicy was = Leeway.compiled(before);
                    CompiledPolicy is = Leeway.compiled(after)) {
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
        Combination was = Leeway.verdict(stricter, witness);
        Combination is = Leeway.verdict(looser, witness);
        assertThat(Leeway.isMore(was, is))
                .as("%s%nwas %s%nis %s", about, was, is)
                .isTrue();
        assertThat(Leeway.verdict(looser, sent(witness)))
                .as("sent as JSON, %s", about)
                .isEqualTo(is);
        return Leeway.isMoreLenient(was, is);
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
}
