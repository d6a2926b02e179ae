package io.leeway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule that spoke, and why.
 *
 * @param rule the row's id, the DRL rule's name, {@code STAGE} or {@code STOP:<id>}
 * @param decisive its mode is the final mode, and it brought it
 * @param table title of the table, null for DRL, stage and stop
 * @param owner who answers for it; null for stage and stop
 * @param source null for stage and stop
 */
public record MatchedRule(
        String rule,
        Effect effect,
        Mode mode,
        boolean decisive,
        @Nullable String table,
        String because,
        @Nullable String owner,
        @Nullable RuleSource source,
        List<MatchedCondition> conditions) {
    public MatchedRule {
        conditions = List.copyOf(conditions);
    }
}
