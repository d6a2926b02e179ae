package io.leeway.policy.counterfactual;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.explain.Phrases;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
     * @param values what is different in it; one value, but for evidence whose age and schema both have to be others
     * @param words {@code `action.amount` were 500 USD instead of 620 USD}
     * @param cells the conditions that turn with it in rows that this changes
     */
    public record Change(String field, List<Value> values, String words, List<Cell> cells) {
        public Change {
            values = List.copyOf(values);
            cells = List.copyOf(cells);
        }
    }

    /**
     * One value, as it is and as it would have to be.
     *
     * @param path {@code action.amount}; for the age of evidence {@code evidence.ageSeconds("charge.record")}, in seconds
     * @param from null when absent, {@code ""} for an absent text
     */
    public record Value(String path, @Nullable String from, String to) {}

    /**
     * A condition that the change turns.
     *
     * @param place {@code billing.xlsx › Remit › C12}
     * @param asked {@code at most 500 USD}; {@code no longer less than 0.8} where it stops a row from matching
     */
    public record Cell(String place, String asked) {
        @Override
        public String toString() {
            return place + ": " + asked;
        }
    }

    /** {@code autonomous if `action.amount` were 500 USD instead of 620 USD (small.csv › D8: at most 500 USD), nothing else}. */
    public String sentence() {
        return Phrases.mode(mode) + " if "
                + changes.stream().map(Counterfactual::words).collect(Collectors.joining(", and ")) + ", nothing else";
    }

    private static String words(Change change) {
        return change.cells().isEmpty()
                ? change.words()
                : change.words()
                        + change.cells().stream().map(Cell::toString).collect(Collectors.joining("; ", " (", ")"));
    }
}
