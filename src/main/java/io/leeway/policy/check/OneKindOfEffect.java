package io.leeway.policy.check;

import io.leeway.model.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table holds authority rows or safeguards, never both. */
final class OneKindOfEffect {
    private OneKindOfEffect() {}

    static void check(List<DraftTable> tables, Findings findings) {
        for (DraftTable table : tables) {
            Boolean authority = null;
            for (DraftTable.DraftRow row : table.rows()) {
                Boolean grants = grants(row.effect());
                if (authority == null) {
                    authority = grants;
                } else if (grants != null && !grants.equals(authority)) {
                    String message = grants
                            ? "a row that grants in a table of safeguards"
                            : "a safeguard in a table of rows that grant";
                    findings.report(FindingCode.MIXED_EFFECTS, table.file(), table.sheet(), row.effectCell(), message);
                }
            }
        }
    }

    private static @Nullable Boolean grants(@Nullable Effect effect) {
        return effect == null ? null : effect == Effect.GRANT;
    }
}
