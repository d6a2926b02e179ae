package io.leeway.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of an {@code Actions} sheet: what a proposal of this type must look like.
 *
 * @param evidence the evidence that must be there, by name; the value is the schema it must have, {@code ""} for any
 * @param attributes the attributes that may be there, those of the subject as {@code subject.tier}; true when required
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

    /** The attributes that the action may have; true when required. */
    public Map<String, Boolean> actionAttributes() {
        Map<String, Boolean> own = new HashMap<>(attributes);
        own.keySet().removeIf(name -> name.startsWith(Vocabulary.SUBJECT));
        return own;
    }

    /** The attributes that the subject may have, without the prefix; true when required. */
    public Map<String, Boolean> subjectAttributes() {
        Map<String, Boolean> subject = new HashMap<>();
        attributes.forEach((name, required) -> {
            if (name.startsWith(Vocabulary.SUBJECT)) {
                subject.put(name.substring(Vocabulary.SUBJECT.length()), required);
            }
        });
        return subject;
    }

    /** The names under which the attributes are declared. */
    public Set<String> attributeNames() {
        Set<String> names = new TreeSet<>(actionAttributes().keySet());
        names.addAll(subjectAttributes().keySet());
        return names;
    }
}
