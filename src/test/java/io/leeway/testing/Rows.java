package io.leeway.testing;

import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import java.util.List;

/** Rows made of others. */
public final class Rows {
    private Rows() {}

    /** The row in its place, asking and doing something else. */
    public static Row changed(Row row, String table, List<Condition> conditions, Row.Outcome outcome) {
        return new Row(
                row.id(),
                row.file(),
                row.sheet(),
                row.number(),
                row.range(),
                row.sha256(),
                table,
                row.owner(),
                row.regulation(),
                row.ticket(),
                conditions,
                outcome,
                row.effective(),
                row.expires(),
                row.zone());
    }
}
