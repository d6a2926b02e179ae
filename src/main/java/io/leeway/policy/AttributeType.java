package io.leeway.policy;

import java.util.List;

/**
 * One line of a {@code Vocabulary} sheet.
 *
 * @param name the attribute's name, or a vocabulary path such as {@code action.currency} whose values are listed
 * @param unit {@code ""} when it has none
 * @param allowed the values a text may have; empty for any
 */
public record AttributeType(String name, PathType type, String unit, List<String> allowed, String meaning) {
    public AttributeType {
        allowed = List.copyOf(allowed);
    }
}
