package io.leeway.policy.compile;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a version asks about the age of evidence, and when the first of it turns.
 *
 * <p>Of the rows, those count that are live and whose other conditions hold: each of their age conditions by itself, also
 * one that now holds and stops holding, since a grant may rest on it. Of DRL, every question about age counts, whatever
 * else its rule asks. So a moment may come too early, and never too late.
 */
final class EvidenceAges {
    private static final String ACTION_TYPE = "action.type";

    private final Map<String, List<AgeRow>> byActionType = new HashMap<>();
    private final List<AgeRow> anyActionType = new ArrayList<>();
    private final List<AgeCondition> guardrails;

    /** @param others conditions that stand still while evidence ages; @param ages those that do not */
    private record AgeRow(Row row, List<Condition> others, List<AgeCondition> ages) {
        boolean speaksOf(Proposal proposal) {
            return row.isLiveAt(proposal.now()) && others.stream().allMatch(condition -> condition.holds(proposal));
        }
    }

    /** @param guardrails what DRL asks */
    EvidenceAges(List<Row> rows, List<AgeCondition> guardrails) {
        this.guardrails = List.copyOf(guardrails);
        for (Row row : rows) {
            List<AgeCondition> ages = new ArrayList<>();
            List<Condition> others = new ArrayList<>();
            for (Condition condition : row.conditions()) {
                if (AgeCondition.isAge(condition)) {
                    ages.add(AgeCondition.of(condition));
                } else {
                    others.add(condition);
                }
            }
            if (!ages.isEmpty()) {
                add(new AgeRow(row, others, ages));
            }
        }
    }

    /**
     * The first moment, not before {@code proposal.now()} and not after {@code until}, at or right after which something
     * that is asked about the age of the proposal's evidence turns.
     */
    Optional<Instant> firstTurn(Proposal proposal, Instant until) {
        Instant first = null;
        for (AgeCondition condition : (Iterable<AgeCondition>) conditionsFor(proposal)::iterator) {
            Instant turn = condition.firstTurn(proposal, first == null ? until : first);
            first = turn == null ? first : turn;
        }
        return Optional.ofNullable(first);
    }

    private Stream<AgeCondition> conditionsFor(Proposal proposal) {
        List<AgeRow> ofType = byActionType.getOrDefault(proposal.action().type(), List.of());
        Stream<AgeCondition> ofRows = Stream.concat(anyActionType.stream(), ofType.stream())
                .filter(row -> row.speaksOf(proposal))
                .flatMap(row -> row.ages().stream());
        return Stream.concat(ofRows, guardrails.stream());
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
}
