package io.leeway.policy;

import java.util.Map;
import java.util.Set;

/**
 * One line of an {@code Actions} sheet: what a proposal of this type must look like.
 *
 * @param evidence the evidence that must be there, by name; the value is the schema it must have, {@code ""} for any
 * @param attributes the attributes that may be there; true when required
 */
public record ActionType(
        String type, String meaning, AmountRule amount, Map<String, String> evidence, Map<String, Boolean> attributes) {

    /** Whether a proposal of the type names an amount. */
    public enum AmountRule {
        REQUIRED,
        FORBIDDEN,
        OPTIONAL
    }

    public ActionType {
        evidence = Map.copyOf(evidence);
        attributes = Map.copyOf(attributes);
    }

    public Set<String> attributeNames() {
        return attributes.keySet();
    }
}
