package io.leeway.evidence;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.Reassessment;
import io.leeway.decision.RecordedFacts;
import io.leeway.evidence.DecisionCount.AgentNumbers;
import io.leeway.evidence.ReplayResult.NotReplayed;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.ReasonCode;
import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.compile.CompiledPolicy;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes recorded decisions one by one and keeps what they come to under another version. Not thread-safe. */
final class ReplayTally {
    private static final List<ReasonCode> NOT_EVALUATED = List.of(ReasonCode.EVALUATION_ERROR, ReasonCode.DEADLINE);

    private final CompiledPolicy candidate;
    private final Map<Mode, Map<Mode, Long>> matrix = new EnumMap<>(Mode.class);
    private final AgentNumbers agents = new AgentNumbers();
    private final ChangeGroups loosened = new ChangeGroups(agents);
    private final ChangeGroups tightened = new ChangeGroups(agents);
    private final Map<String, BigDecimal> newlyAutonomous = new TreeMap<>();
    private final Map<NotReplayed, Long> notReplayed = new EnumMap<>(NotReplayed.class);
    private long decisions;

    ReplayTally(CompiledPolicy candidate) {
        this.candidate = candidate;
        for (Mode from : Mode.values()) {
            Map<Mode, Long> row = new EnumMap<>(Mode.class);
            for (Mode to : Mode.values()) {
                row.put(to, 0L);
            }
            matrix.put(from, row);
        }
    }

    void add(DecisionEntry decision) {
        decisions++;
        NotReplayed obstacle = obstacle(decision);
        if (obstacle == null) {
            obstacle = replay(decision);
        }
        if (obstacle != null) {
            notReplayed.merge(obstacle, 1L, Long::sum);
        }
    }

    private static @Nullable NotReplayed obstacle(DecisionEntry decision) {
        if (decision.isErased()) {
            return NotReplayed.ERASED;
        }
        if (!decision.hasPolicy()) {
            return NotReplayed.NO_POLICY;
        }
        return decision.reasonCodes().stream().anyMatch(NOT_EVALUATED::contains) ? NotReplayed.NOT_EVALUATED : null;
    }

    private @Nullable NotReplayed replay(DecisionEntry decision) {
        RecordedFacts facts;
        try {
            facts = decision.facts();
        } catch (RuntimeException e) {
            // Whatever is wrong with the bytes: one damaged record must not keep the others from being replayed.
            return NotReplayed.UNREADABLE;
        }
        try {
            return facts == null ? NotReplayed.ERASED : compare(decision, Reassessment.of(facts, candidate));
        } catch (Refusal e) {
            return e.code().equals(Reassessment.NOT_RECORDED) ? NotReplayed.NOT_RECORDED : NotReplayed.REFUSED;
        } catch (EvaluationException e) {
            return NotReplayed.EVALUATION_FAILED;
        }
    }

    private @Nullable NotReplayed compare(DecisionEntry decision, Verdict verdict) {
        Mode from = decision.mode();
        Mode to = verdict.mode();
        // What an observed one was answered is not what its version asked for, so only the record can be compared with.
        if (!decision.isEnforced() || decision.directive() != verdict.directive()) {
            Verdict recorded;
            try {
                recorded = decision.verdict();
            } catch (RuntimeException e) {
                return NotReplayed.UNREADABLE;
            }
            if (recorded == null) {
                return NotReplayed.ERASED;
            }
            if (recorded.directive() != verdict.directive()) {
                Cause cause = Cause.of(recorded, verdict);
                (cause.isLoosening() ? loosened : tightened).add(decision, cause);
            }
        }
        count(from, to);
        if (to == Mode.AUTONOMOUS && from != Mode.AUTONOMOUS) {
            Money amount = decision.amount();
            if (amount != null) {
                newlyAutonomous.merge(amount.currency(), amount.value(), BigDecimal::add);
            }
        }
        return null;
    }

    private void count(Mode from, Mode to) {
        Map<Mode, Long> row = matrix.get(from);
        if (row != null) {
            row.merge(to, 1L, Long::sum);
        }
    }

    /** How many were taken. */
    long decisions() {
        return decisions;
    }

    /**
     * What came of it so far.
     *
     * @param from see {@link ReplayResult}; so are the others
     */
    ReplayResult result(long from, long to, long inRange) {
        return new ReplayResult(
                new PolicyReference(candidate.version(), candidate.digest()),
                from,
                to,
                inRange,
                decisions,
                matrix,
                loosened.changes(),
                tightened.changes(),
                newlyAutonomous,
                notReplayed);
    }
}
