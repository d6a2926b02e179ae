package io.leeway.policy.counterfactual;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row that could match if some fields were others.
 *
 * @param asked its conditions on fields; all its other conditions hold
 * @param failing the fields whose conditions do not all hold now
 */
record OpenRow(Row row, List<Asked> asked, BitSet failing) {
    /** Stands for the paths that read several pieces of evidence; other fields have the numbers from 1. */
    static final int JOINT = 0;

    /** A condition on that field; {@link #JOINT} when it reads several pieces of evidence. */
    record Asked(Condition condition, int field) {}

    /** @param number of the field that a condition reads, null when no caller can change what it reads */
    static OpenRow of(Row row, Proposal proposal, Function<Condition, @Nullable Integer> number) {
        List<Asked> asked = new ArrayList<>();
        BitSet failing = new BitSet();
        for (Condition condition : row.conditions()) {
            Integer field = number.apply(condition);
            if (field != null) {
                asked.add(new Asked(condition, field));
                if (!condition.holds(proposal)) {
                    failing.set(field);
                }
            }
        }
        return new OpenRow(row, asked, failing);
    }

    /** Whether it matches as soon as its conditions on those fields hold. */
    boolean dependsOnlyOn(BitSet fields) {
        for (int field = failing.nextSetBit(0); field >= 0; field = failing.nextSetBit(field + 1)) {
            if (!fields.get(field)) {
                return false;
            }
        }
        return true;
    }
}
