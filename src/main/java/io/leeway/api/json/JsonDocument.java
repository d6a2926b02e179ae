package io.leeway.api.json;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A body that is JSON by its syntax.
 *
 * @param tree sorted maps, lists, {@link String}, {@link Boolean}, {@link java.math.BigDecimal} without trailing zeros, null
 * @param faults what is wrong with single values or names in it: a duplicate, a number that no double holds. Nobody may use
 *     the part of the tree that they point into
 * @param complete whether all of them are listed
 */
public record JsonDocument(@Nullable Object tree, List<Violation> faults, boolean complete) {
    public JsonDocument {
        faults = List.copyOf(faults);
    }

    /**
     * The tree, when nothing in it is at fault.
     *
     * @throws Refusal of kind {@code MALFORMED} otherwise
     */
    public @Nullable Object sound() {
        refuse(violation -> true);
        return tree;
    }

    /**
     * Refuses when a fault stands outside of the items of the list at that pointer: it cannot be laid to one of them. Likewise when there
     * are more faults than are listed, as nobody could say then which items are free of them.
     *
     * @param list a pointer such as {@code /proposals}
     */
    void refuseOutside(String list) {
        refuse(violation -> !complete || !violation.pointer().startsWith(list + "/"));
    }

    /** Refuses when a fault stands at that pointer or below it. */
    void refuseBelow(String pointer) {
        refuse(violation ->
                violation.pointer().equals(pointer) || violation.pointer().startsWith(pointer + "/"));
    }

    private void refuse(Predicate<Violation> concerned) {
        List<Violation> mine = faults.stream().filter(concerned).toList();
        if (!mine.isEmpty()) {
            throw StrictJson.malformed("The JSON holds what the contract does not allow.", mine);
        }
    }
}
