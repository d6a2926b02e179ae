package io.leeway.policy;

import java.util.List;

/**
 * Which rules spoke for one proposal.
 *
 * @param rows matched rows in the order of {@link PolicyTables#rows()}
 * @param guardrails fired DRL rules by name
 */
public record Evaluation(List<Row> rows, List<GuardrailMatch> guardrails) {
    public static final Evaluation NONE = new Evaluation(List.of(), List.of());

    public Evaluation {
        rows = List.copyOf(rows);
        guardrails = List.copyOf(guardrails);
    }
}
