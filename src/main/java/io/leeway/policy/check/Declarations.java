package io.leeway.policy.check;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the {@code Vocabulary} and {@code Actions} sheets of a version declare, with the cells where they do. */
public record Declarations(List<Declared<AttributeType>> attributes, List<Declared<ActionType>> actions) {
    public Declarations {
        attributes = List.copyOf(attributes);
        actions = List.copyOf(actions);
    }

    /**
     * One line.
     *
     * @param sheet null for csv
     * @param cell the cell of the name
     * @param attributesCell the cell that lists attributes, for actions; otherwise as {@code cell}
     */
    public record Declared<T>(T line, String file, @Nullable String sheet, String cell, String attributesCell) {}
}
