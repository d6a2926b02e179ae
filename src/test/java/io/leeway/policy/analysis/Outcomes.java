package io.leeway.policy.analysis;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.Condition;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a caller sees of a verdict, by a second and plain reading of how rows combine. */
record Outcomes(
        Mode mode,
        boolean halt,
        Set<Obligation> owed,
        Map<String, Integer> approvals,
        @Nullable Duration life) {

    static Outcomes of(List<Row> matched, Stage stage) {
        Mode authority = Mode.HUMAN_IN_CONTROL;
        Mode least = stage.cap();
        boolean halt = false;
        Set<Obligation> owed = new HashSet<>();
        BigDecimal sample = null;
        Map<String, Integer> approvals = new TreeMap<>();
        Duration life = null;
        for (Row row : matched) {
            Row.Outcome outcome = row.outcome();
            if (outcome.effect() == Effect.GRANT) {
                authority = authority.moreLenient(outcome.mode());
            } else {
                least = least.stricter(outcome.mode());
            }
            halt |= outcome.effect() == Effect.PROHIBIT;
            for (Obligation obligation : outcome.obligations()) {
                if (!obligation.type().equals("sample")) {
                    owed.add(obligation);
                } else {
                    BigDecimal rate = new BigDecimal(obligation.value());
                    sample = sample == null ? rate : sample.max(rate);
                }
            }
            if (outcome.approvers() != null) {
                approvals.merge(outcome.approvers().group(), outcome.approvers().quorum(), Math::max);
            }
            if (outcome.expires() != null && (life == null || outcome.expires().compareTo(life) < 0)) {
                life = outcome.expires();
            }
        }
        if (sample != null) {
            owed.add(new Obligation("sample", sample.toPlainString()));
        }
        Mode mode = authority.stricter(least);
        boolean closed = mode == Mode.HUMAN_IN_CONTROL;
        return new Outcomes(mode, halt, owed, closed ? Map.of() : approvals, closed ? null : life);
    }

    boolean keeps(Bound bound) {
        return switch (bound) {
            case NEVER_AUTONOMOUS -> mode != Mode.AUTONOMOUS;
            case ALWAYS_HUMAN_IN_CONTROL -> mode == Mode.HUMAN_IN_CONTROL;
            case ALWAYS_PROHIBITED -> halt;
        };
    }

    static Outcomes without(Row row, List<Row> matched, Stage stage) {
        List<Row> rest = new ArrayList<>(matched);
        rest.remove(row);
        return of(rest, stage);
    }

    static List<Row> matching(List<Row> rows, Proposal proposal) {
        return rows.stream().filter(row -> matches(row, proposal)).toList();
    }

    private static boolean matches(Row row, Proposal proposal) {
        for (Condition condition : row.conditions()) {
            if (!condition.holds(proposal)) {
                return false;
            }
        }
        return row.isLiveAt(proposal.now());
    }
}
