package io.leeway.policy.compile;

import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows whose match turns with the age of evidence, and when it does. */
final class EvidenceAges {
    private static final String ACTION_TYPE = "action.type";
    private static final String OLDEST = "evidence.oldestSeconds";

    private final Map<String, List<AgeRow>> byActionType = new HashMap<>();
    private final List<AgeRow> anyActionType = new ArrayList<>();

    /** @param others conditions that stand still while evidence ages; @param ages those that do not */
    private record AgeRow(Row row, List<Condition> others, List<Condition> ages) {
        boolean mayTurnFor(Proposal proposal) {
            return row.isLiveAt(proposal.now())
                    && others.stream().allMatch(condition -> condition.holds(proposal))
                    && !hasTurned(proposal);
        }

        boolean hasTurned(Proposal proposal) {
            return ages.stream().allMatch(condition -> condition.holds(proposal));
        }
    }

    EvidenceAges(List<Row> rows) {
        for (Row row : rows) {
            List<Condition> ages =
                    row.conditions().stream().filter(EvidenceAges::isAge).toList();
            if (!ages.isEmpty()) {
                List<Condition> others = row.conditions().stream()
                        .filter(condition -> !isAge(condition))
                        .toList();
                add(new AgeRow(row, others, ages));
            }
        }
    }

    /**
     * The first moment, not before {@code proposal.now()} and not after {@code until}, right after which a live row
     * starts to match because evidence has aged.
     */
    Optional<Instant> firstTurn(Proposal proposal, Instant until) {
        Instant first = earliest(anyActionType, proposal, until, null);
        return Optional.ofNullable(
                earliest(byActionType.getOrDefault(proposal.action().type(), List.of()), proposal, until, first));
    }

    private static @Nullable Instant earliest(
            List<AgeRow> rows, Proposal proposal, Instant until, @Nullable Instant known) {
        Instant first = known;
        for (AgeRow row : rows) {
            if (!row.mayTurnFor(proposal)) {
                continue;
            }
            for (Instant moment : moments(row, proposal, first == null ? until : first)) {
                if (row.hasTurned(at(proposal, moment.plusNanos(1_000)))) {
                    first = moment;
                    break;
                }
            }
        }
        return first;
    }

    /** The moments at which an age condition of the row can change, in order. */
    private static TreeSet<Instant> moments(AgeRow row, Proposal proposal, Instant until) {
        TreeSet<Instant> moments = new TreeSet<>();
        for (Condition condition : row.ages()) {
            Path.EvidenceAge age = condition.path().evidenceAge();
            Duration limit = age != null ? Duration.parse(age.limit()) : seconds((BigDecimal) condition.limit());
            for (Evidence item : proposal.evidence().items()) {
                Instant observed = item.observedAt();
                if (observed != null && (age == null || age.evidence().equals(item.name()))) {
                    moments.add(observed.plus(limit));
                    // Evidence dated ahead counts as stale until the clock comes near.
                    moments.add(observed.minus(EvidenceSet.TOLERANCE));
                }
            }
        }
        moments.removeIf(moment -> moment.isBefore(proposal.now()) || moment.isAfter(until));
        return moments;
    }

    private static Duration seconds(BigDecimal limit) {
        BigDecimal bounded = limit.min(EvidenceSet.UNKNOWN_AGE).max(EvidenceSet.UNKNOWN_AGE.negate());
        return Duration.ofNanos(0)
                .plusSeconds(bounded.longValue())
                .plusNanos(bounded.remainder(BigDecimal.ONE).movePointRight(9).longValue());
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

    private void add(AgeRow row) {
        for (Condition condition : row.others()) {
            if (condition.path().text().equals(ACTION_TYPE)) {
                if (condition.operator() == Operator.EQUAL) {
                    addFor((String) condition.limit(), row);
                    return;
                }
                if (condition.operator() == Operator.IN) {
                    ((List<?>) condition.limit())
                            .stream().distinct().forEach(type -> addFor(String.valueOf(type), row));
                    return;
                }
            }
        }
        anyActionType.add(row);
    }

    private void addFor(String actionType, AgeRow row) {
        byActionType.computeIfAbsent(actionType, type -> new ArrayList<>()).add(row);
    }

    private static boolean isAge(Condition condition) {
        return condition.path().evidenceAge() != null || condition.path().text().equals(OLDEST);
    }
}
