package io.leeway.evidence;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.MutatedPolicies;
import io.leeway.testing.ProposalBodies;
import io.leeway.testing.ProposalsAround;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
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
                        next,
                        ProposalBodies.of(proposal),
                        derived(proposal, versions.get(version)),
                        versions.get(version));
                next++;
                return decided;
            } catch (Refusal refused) {
                // Not what the version declares, or more than JSON can say: nothing is recorded of that either.
            }
        }
    }

    private RecordedFacts derived(Proposal proposal, CompiledPolicy version) {
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
                activity(proposal, version),
                stops);
    }

    /** An answer to everything that the version asks about such an action. */
    private Activity activity(Proposal proposal, CompiledPolicy version) {
        List<ActivityQuery> asked = version
                .activityQuestions()
                .of(proposal.action().type())
                .stream()
                .filter(query ->
                        query.measure() != Measure.EXPOSURE || proposal.action().money() != null)
                .sorted(Comparator.comparing(ActivityQuery::text))
                .toList();
        Activity activity = Activity.NONE;
        for (ActivityQuery query : asked) {
            activity = activity.with(query, before(query, proposal));
        }
        return activity;
    }

    private Activity.Before before(ActivityQuery query, Proposal proposal) {
        if (query.measure() == Measure.PRIOR) {
            return prior(proposal);
        }
        if (query.measure() == Measure.RETURNS) {
            return new Activity.Before(BigDecimal.valueOf(random.nextInt(20)), List.of());
        }
        if (query.measure() != Measure.RECENTLY) {
            return new Activity.Before(BigDecimal.valueOf(random.nextInt(90)), List.of());
        }
        return random.nextBoolean()
                ? Activity.Before.NOTHING
                : new Activity.Before(
                        BigDecimal.ONE,
                        List.of(PriorDecision.seen(
                                proposal.now(),
                                STOP.toString(),
                                "other-bot",
                                query.actionType(),
                                proposal.now(),
                                null,
                                false)));
    }

    /** Some of the same type, some by the same agent, some with money. */
    private Activity.Before prior(Proposal proposal) {
        List<PriorDecision> prior = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            prior.add(PriorDecision.seen(
                    proposal.now(),
                    new UUID(STOP.getMostSignificantBits(), random.nextInt()).toString(),
                    random.nextInt(4) == 0 ? proposal.agent().id() : "bot-" + random.nextInt(3),
                    random.nextBoolean() ? proposal.action().type() : "payment.delay",
                    proposal.now().minusSeconds(random.nextInt(7_200)),
                    random.nextBoolean() ? new Money(new BigDecimal("12.50"), "USD") : null,
                    random.nextBoolean()));
        }
        return new Activity.Before(BigDecimal.valueOf(prior.size()), prior);
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
