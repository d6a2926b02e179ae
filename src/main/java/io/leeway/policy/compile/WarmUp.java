package io.leeway.policy.compile;

import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Condition;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Evaluates proposals that nobody made. */
final class WarmUp {
    private static final int ROUNDS = 32;
    private static final int TYPES = 32;
    private static final Instant MOMENT = Instant.parse("2026-01-01T00:00:00Z");

    private WarmUp() {}

    static void run(CompiledPolicy policy) {
        Set<String> types = actionTypes(policy.tables().rows());
        for (int round = 0; round < ROUNDS; round++) {
            for (String type : types) {
                try {
                    policy.evaluate(proposal(type, round), System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
                } catch (EvaluationException e) {
                    return; // The first real evaluation will say so, to somebody who asked.
                }
            }
        }
    }

    private static Set<String> actionTypes(List<Row> rows) {
        Set<String> types = new LinkedHashSet<>();
        types.add("");
        for (Row row : rows) {
            for (Condition condition : row.conditions()) {
                if (types.size() < TYPES && condition.path().text().equals("action.type")) {
                    types.add(
                            condition.limit() instanceof List<?> list && !list.isEmpty()
                                    ? String.valueOf(list.get(0))
                                    : condition.limitText());
                }
            }
        }
        return types;
    }

    private static Proposal proposal(String type, int round) {
        Money money = new Money(BigDecimal.valueOf(round * 100L), "USD");
        PriorDecision prior = PriorDecision.seen(MOMENT, "", "other", type, MOMENT, money, false);
        Evidence evidence = new Evidence("warm-up", "", MOMENT, "", List.of(), "");
        return new Proposal(
                new Action("warm-up", type, "", money, BigDecimal.ONE, true, Attributes.NONE, ""),
                new Agent("warm-up", "", "", Stage.FULL),
                new Subject("", ""),
                new EvidenceSet(List.of(evidence), MOMENT, Map.of()),
                Trace.NONE,
                new Activity(Map.of(ActivityQuery.PRIOR.text(), new Activity.Before(BigDecimal.ONE, List.of(prior)))));
    }
}
