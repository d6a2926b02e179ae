package io.leeway.policy.compile;

import io.leeway.model.ActivityQuery;
import io.leeway.policy.GuardrailMatch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the DRL of a version says, known from its text.
 *
 * @param byName what each rule says when it fires
 * @param pathTexts paths that have to be derived because DRL may ask for them
 * @param ages what DRL asks about the age of evidence
 * @param activity what DRL asks of recent activity, about any action
 */
record Guardrails(
        Map<String, GuardrailMatch> byName,
        Set<String> pathTexts,
        List<AgeCondition> ages,
        Set<ActivityQuery> activity) {
    /** The one global that DRL may use. */
    static final String VERDICT = "verdict";

    static final Guardrails NONE = new Guardrails(Map.of(), Set.of(), List.of(), Set.of());

    Guardrails {
        byName = Map.copyOf(byName);
        pathTexts = Set.copyOf(pathTexts);
        ages = List.copyOf(ages);
        activity = Set.copyOf(activity);
    }

    /** Whether any of them looks at prior decisions. */
    boolean lookBack() {
        return activity.contains(ActivityQuery.PRIOR);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }
}
