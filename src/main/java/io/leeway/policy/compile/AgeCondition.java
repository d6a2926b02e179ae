package io.leeway.policy.compile;

import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a policy asks of a proposal and that turns with the age of its evidence, and with nothing else.
 *
 * @param evidence name of the evidence whose age counts; null for any
 * @param limit the age at which it turns
 * @param value what it says of a proposal; it turns when that is no longer equal
 */
record AgeCondition(@Nullable String evidence, Duration limit, Function<Proposal, Object> value) {
    private static final String OLDEST = "evidence.oldestSeconds";
    /** The resolution of ages and of the ledger's clock. */
    private static final Duration TICK = Duration.ofNanos(1_000);

    /** Whether a row's condition turns with the age of evidence. */
    static boolean isAge(Condition condition) {
        return condition.path().evidenceAge() != null || condition.path().text().equals(OLDEST);
    }

    /** A row's condition for which {@link #isAge} holds. */
    static AgeCondition of(Condition condition) {
        Path.EvidenceAge age = condition.path().evidenceAge();
        return age != null
                ? new AgeCondition(age.evidence(), Duration.parse(age.limit()), condition::holds)
                : new AgeCondition(null, duration((BigDecimal) condition.limit()), condition::holds);
    }

    /** {@code staleAfter} in DRL. */
    static AgeCondition staleAfter(@Nullable String evidence, Duration limit) {
        return new AgeCondition(
                evidence,
                limit,
                proposal -> proposal.evidence().items().stream()
                        .map(Evidence::name)
                        .filter(name -> evidence == null || evidence.equals(name))
                        .map(name -> proposal.evidence().staleAfter(name, limit))
                        .toList());
    }

    /** A comparison of the age of any item, or of the oldest, with so many seconds in DRL. */
    static AgeCondition comparedWith(BigDecimal seconds) {
        return new AgeCondition(
                null,
                duration(seconds),
                proposal -> proposal.evidence().items().stream()
                        .map(item -> proposal.evidence().ageSeconds(item).compareTo(seconds))
                        .toList());
    }

    /** A comparison of the clock with when any item was observed in DRL. */
    static AgeCondition clock() {
        return new AgeCondition(
                null,
                Duration.ZERO,
                proposal -> proposal.evidence().items().stream()
                        .map(Evidence::observedAt)
                        .map(observed -> observed == null ? 0 : Integer.signum(observed.compareTo(proposal.now())))
                        .toList());
    }

    /** The first moment from now to {@code until} at or right after which it turns, in either direction; null when it stays. */
    @Nullable
    Instant firstTurn(Proposal proposal, Instant until) {
        Object present = value.apply(proposal);
        for (Instant moment : moments(proposal, until)) {
            boolean stays = value.apply(at(proposal, moment)).equals(present)
                    && value.apply(at(proposal, moment.plus(TICK))).equals(present);
            if (!stays) {
                return moment;
            }
        }
        return null;
    }

    /** The only moments at which it can turn, in order. */
    private TreeSet<Instant> moments(Proposal proposal, Instant until) {
        TreeSet<Instant> moments = new TreeSet<>();
        for (Evidence item : proposal.evidence().items()) {
            Instant observed = item.observedAt();
            if (observed != null && (evidence == null || evidence.equals(item.name()))) {
                // Evidence dated ahead counts as stale until the clock comes near.
                for (Instant moment : List.of(observed.plus(limit), observed.minus(EvidenceSet.TOLERANCE))) {
                    if (!moment.isBefore(proposal.now()) && !moment.isAfter(until)) {
                        moments.add(moment);
                    }
                }
            }
        }
        return moments;
    }

    private static Duration duration(BigDecimal seconds) {
        BigDecimal bounded = seconds.min(EvidenceSet.UNKNOWN_AGE).max(EvidenceSet.UNKNOWN_AGE.negate());
        return Duration.ofSeconds(
                bounded.longValue(),
                bounded.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private static Proposal at(Proposal proposal, Instant moment) {
        EvidenceSet evidence = proposal.evidence();
        return new Proposal(
                proposal.action(),
                proposal.agent(),
                proposal.subject(),
                new EvidenceSet(evidence.items(), moment, evidence.schemas()),
                proposal.trace());
    }
}
