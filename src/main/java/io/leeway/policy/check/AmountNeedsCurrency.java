package io.leeway.policy.check;

import io.leeway.model.Effect;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.Vocabulary;
import java.util.List;

/** Who tests an amount, or money over time, must test the currency: 500 is another limit in every currency. */
final class AmountNeedsCurrency {
    private static final String AMOUNT = "action.amount";
    private static final String EXPOSURE = "activity.exposure";
    private static final String CURRENCY = "action.currency";

    private AmountNeedsCurrency() {}

    static void check(List<DraftTable> tables, Findings findings) {
        for (DraftTable table : tables) {
            List<DraftTable.FixedPath> paths = table.fixedPaths();
            boolean currency = paths.stream().anyMatch(it -> it.path().text().equals(CURRENCY));
            for (DraftTable.FixedPath path : paths) {
                if (!currency && table.readable() && isMoney(path.path())) {
                    String message = "table `" + table.title() + "` tests `" + name(path.path()) + "` but not `"
                            + CURRENCY + "`";
                    findings.report(
                            FindingCode.AMOUNT_WITHOUT_CURRENCY, table.file(), table.sheet(), path.cell(), message);
                }
            }
            if (currency) {
                table.rows().forEach(row -> checkRow(table, row, findings));
            }
        }
    }

    /** Money over time is in the action's currency, too. */
    private static boolean isMoney(Path path) {
        return path.text().equals(AMOUNT) || name(path).equals(EXPOSURE);
    }

    private static String name(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return call == null ? path.text() : call.name();
    }

    private static void checkRow(DraftTable table, DraftTable.DraftRow row, Findings findings) {
        if (row.row() == null) {
            return;
        }
        for (Condition condition : row.conditions()) {
            if (condition.path().text().equals(CURRENCY)) {
                return;
            }
        }
        // A safeguard without a currency catches more than it should, a grant opens more.
        FindingCode code =
                row.effect() == Effect.GRANT ? FindingCode.GRANT_WITHOUT_CURRENCY : FindingCode.ROW_WITHOUT_CURRENCY;
        for (Condition condition : row.conditions()) {
            if (isMoney(condition.path())) {
                String message = "the amount `" + condition.limitText() + "` has no currency in this row";
                findings.report(code, table.file(), table.sheet(), condition.cell(), message);
            }
        }
    }
}
