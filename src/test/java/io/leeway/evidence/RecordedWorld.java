package io.leeway.evidence;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Activity;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.MutatedPolicies;
import io.leeway.testing.ProposalBodies;
import io.leeway.testing.ProposalsAround;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Decisions on random proposals around the limits of some versions, under each of the versions in turn, over a year, with stages,
 * stops and traces. Everything follows from the seed.
 */
final class RecordedWorld {
    private static final UUID STOP = UUID.fromString("01990000-0000-7000-8000-000000000001");

    private final List<CompiledPolicy> versions;
    private final List<ProposalsAround> proposals = new ArrayList<>();
    private final Random random;
    private long next;

    RecordedWorld(List<CompiledPolicy> versions, long seed) {
        this.versions = versions;
        this.random = new Random(seed);
        versions.forEach(version ->
                proposals.add(new ProposalsAround(version.tables(), version.tables(), new Random(random.nextLong()))));
    }

    /** The next decision that its version does not refuse. */
    DecisionEntry next() {
        while (true) {
            int version = (int) (next % versions.size());
            Proposal proposal = proposals.get(version).next(moment());
            try {
                DecisionEntry decided = DecidedProposals.entry(
                        next, ProposalBodies.of(proposal), derived(proposal), versions.get(version));
                next++;
                return decided;
            } catch (Refusal refused) {
                // Not what the version declares, or more than JSON can say: nothing is recorded of that either.
            }
        }
    }

    private RecordedFacts derived(Proposal proposal) {
        StopLevel level = StopLevel.values()[random.nextInt(2)];
        List<StopInScope> stops =
                random.nextInt(8) == 0 ? List.of(new StopInScope(STOP, level, "It loops.")) : List.of();
        Stage stage = random.nextInt(4) == 0
                ? Stage.values()[random.nextInt(4)]
                : proposal.agent().earned();
        return new RecordedFacts(
                proposal,
                proposal.now(),
                stage,
                proposal.trace().depth().longValue(),
                proposal.trace().repeats().longValue(),
                Activity.NONE,
                stops);
    }

    /** Often at the edge of a day somewhere, so that a time zone of the machine would show. */
    private Instant moment() {
        Instant day = MutatedPolicies.TODAY
                .minusDays(random.nextInt(365))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return day.plus(Duration.ofMinutes(15L * random.nextInt(96))).plusNanos(random.nextInt(2) * 1_000L);
    }
}
