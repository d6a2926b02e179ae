package io.leeway.policy.explain;

import io.leeway.model.Effect;
import io.leeway.model.Proposal;
import io.leeway.policy.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One row, held against one proposal: whether it matches, and if not, what keeps it from that.
 *
 * @param live whether the row counts on that day
 */
public record RowReading(Row row, boolean live, List<ConditionReading> conditions) {
    /** Matches first, then what failed by the fewest conditions; as in the files among equals. */
    public static final Comparator<RowReading> NEAREST =
            Comparator.comparingInt(reading -> reading.failed().size() + (reading.live() ? 0 : 1));

    public RowReading {
        conditions = List.copyOf(conditions);
    }

    /** @param proposal with what is derived */
    public static RowReading of(Row row, Proposal proposal) {
        return new RowReading(
                row,
                row.isLiveAt(proposal.now()),
                row.conditions().stream()
                        .map(condition -> ConditionReading.of(condition, proposal))
                        .toList());
    }

    public boolean matches() {
        return live && conditions.stream().allMatch(ConditionReading::holds);
    }

    /** Whether exactly one condition, or the date alone, keeps it from matching. */
    public boolean isNearMiss() {
        return failed().size() + (live ? 0 : 1) == 1;
    }

    /** The conditions that do not hold. */
    public List<ConditionReading> failed() {
        return conditions.stream().filter(condition -> !condition.holds()).toList();
    }

    /** What the row does, {@code grants autonomous}. */
    public String effect() {
        Effect effect = row.outcome().effect();
        return switch (effect) {
            case GRANT -> "grants " + Phrases.mode(row.outcome().mode());
            case REQUIRE -> "requires " + Phrases.mode(row.outcome().mode());
            case PROHIBIT -> "prohibits";
        };
    }

    /** What it would have done had it matched, {@code would have granted autonomous}. */
    private String wouldHave() {
        String mode = Phrases.mode(row.outcome().mode());
        return switch (row.outcome().effect()) {
            case GRANT -> "would have granted " + mode;
            case REQUIRE -> "would have required " + mode;
            case PROHIBIT -> "would have prohibited it";
        };
    }

    /** {@code `LIM-07` (billing.xlsx › Remit › A12:F12) would have granted autonomous, but C12: …}; for a row that does not match. */
    public String missSentence() {
        return "`" + row.id() + "` (" + row.place() + ") " + wouldHave() + ", but " + String.join("; ", obstacles());
    }

    /** One sentence for each thing that keeps the row from matching; empty when it matches. */
    public List<String> obstacles() {
        List<String> sentences = new ArrayList<>();
        if (!live) {
            sentences.add("the row counts " + days() + " only");
        }
        failed().forEach(condition -> sentences.add(condition.sentence()));
        return sentences;
    }

    private String days() {
        String from = row.effective() == null ? "" : "from " + row.effective() + " ";
        return (from + (row.expires() == null ? "" : "to " + row.expires())).strip();
    }
}
