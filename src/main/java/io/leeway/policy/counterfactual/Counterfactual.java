package io.leeway.policy.counterfactual;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.TestInput;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A change under which the proposal would get a less strict mode, and no part of which would do.
 *
 * @param mode what it would get
 * @param proposal the changed proposal
 */
public record Counterfactual(Mode mode, List<Change> changes, Proposal proposal) {
    public Counterfactual {
        changes = List.copyOf(changes);
    }

    /**
     * One changed field.
     *
     * @param field {@code action.amount}, {@code evidence "charge.record"}
     * @param facts the new values
     * @param words {@code `action.amount` were 500 USD instead of 620 USD}
     * @param cells the conditions that turn with it in rows that this changes, {@code billing.xlsx › Remit › C12: at most 500 USD}
     */
    public record Change(String field, Map<TestInput, Object> facts, String words, List<String> cells) {
        public Change {
            facts = Map.copyOf(facts);
            cells = List.copyOf(cells);
        }
    }

    /** {@code autonomous if `action.amount` were 500 USD instead of 620 USD (small.csv › D8: at most 500 USD), nothing else}. */
    public String sentence() {
        String words = switch (mode) {
            case AUTONOMOUS -> "autonomous";
            case HUMAN_IN_THE_LOOP -> "human in the loop";
            case HUMAN_IN_CONTROL -> "human in control";
        };
        return words + " if "
                + changes.stream()
                        .map(change -> change.words()
                                + (change.cells().isEmpty() ? "" : " (" + String.join("; ", change.cells()) + ")"))
                        .collect(Collectors.joining(", and "))
                + ", nothing else";
    }
}
