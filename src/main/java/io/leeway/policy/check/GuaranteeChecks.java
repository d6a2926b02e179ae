package io.leeway.policy.check;

import io.leeway.policy.Guarantee;
import io.leeway.policy.check.DraftTable.DraftRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs every check of the guarantees that looks at more than one cell. */
public final class GuaranteeChecks {
    private GuaranteeChecks() {}

    /** Reports ids that are taken, and attributes and values that nobody declared. */
    public static void run(List<Guarantee> guarantees, Declarations declarations, Findings findings) {
        Map<String, Guarantee> ids = new HashMap<>();
        List<DraftTable> asked = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            Guarantee earlier = ids.putIfAbsent(guarantee.id(), guarantee);
            if (earlier != null) {
                findings.report(
                        FindingCode.REPEATED_GUARANTEE,
                        guarantee.file(),
                        guarantee.sheet(),
                        guarantee.idCell(),
                        "guarantee `" + guarantee.id() + "` is there already, at " + earlier.place());
            }
            asked.add(conditions(guarantee));
        }
        DeclaredAttributes.checkTables(asked, declarations, findings);
        DeclaredValues.check(asked, declarations, findings);
    }

    /** The conditions of a guarantee as those of a table's only row: they are checked alike. */
    private static DraftTable conditions(Guarantee guarantee) {
        DraftRow row = new DraftRow(
                guarantee.id(), guarantee.idCell(), null, guarantee.thenCell(), guarantee.when(), null, null);
        return new DraftTable(
                guarantee.file(), guarantee.sheet(), "", guarantee.idCell(), List.of(), true, List.of(row));
    }
}
