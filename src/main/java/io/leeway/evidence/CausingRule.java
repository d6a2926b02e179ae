package io.leeway.evidence;

import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import org.jspecify.annotations.Nullable;

/**
 * A row or DRL rule that makes a replayed decision come out otherwise.
 *
 * @param side whose it is
 * @param rule the row's id, or the DRL rule's name
 * @param table title of the table, null for DRL
 * @param source where it stands; of the record, as of the decision counted first
 */
public record CausingRule(
        Side side,
        String rule,
        Effect effect,
        Mode mode,
        @Nullable String table,
        @Nullable String owner,
        @Nullable RuleSource source) {
    /** Which answer the rule speaks in. */
    public enum Side {
        /** It spoke then, and does not any more, or asks for less, or grants less. */
        RECORDED,
        /** It speaks in the version that is replayed. */
        CANDIDATE
    }

    static CausingRule of(Side side, MatchedRule rule) {
        return new CausingRule(
                side, rule.rule(), rule.effect(), rule.mode(), rule.table(), rule.owner(), rule.source());
    }

    /** What makes it the same rule in another version, wherever it stands there. */
    String key() {
        return side + " " + effect + " " + mode + " " + rule;
    }
}
