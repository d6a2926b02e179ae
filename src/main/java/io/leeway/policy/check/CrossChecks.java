package io.leeway.policy.check;

import java.time.LocalDate;
import java.util.List;

/** Runs every check that looks at more than one cell. */
public final class CrossChecks {
    private CrossChecks() {}

    /** Reports what is wrong with the tables of a whole version, of which today is the day of the check (UTC). */
    public static void run(List<DraftTable> tables, Declarations declarations, LocalDate today, Findings findings) {
        UniqueIds.check(tables, findings);
        UniqueTitles.check(tables, findings);
        OneKindOfEffect.check(tables, findings);
        AmountNeedsCurrency.check(tables, findings);
        ExpiredRows.check(tables, today, findings);
        UniqueDeclarations.check(declarations, findings);
        DeclaredAttributes.check(tables, declarations, findings);
        DeclaredValues.check(tables, declarations, findings);
    }
}
