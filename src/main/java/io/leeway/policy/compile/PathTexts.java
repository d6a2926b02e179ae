package io.leeway.policy.compile;

import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.util.HashSet;
import java.util.Set;

/** Which paths a version asks for. */
final class PathTexts {
    private PathTexts() {}

    static Set<String> of(PolicyTables tables, Guardrails guardrails) {
        Set<String> texts = new HashSet<>(guardrails.pathTexts());
        for (Row row : tables.rows()) {
            for (Condition condition : row.conditions()) {
                texts.add(condition.path().text());
            }
        }
        return Set.copyOf(texts);
    }
}
