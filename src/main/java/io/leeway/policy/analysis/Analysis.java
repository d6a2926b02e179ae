package io.leeway.policy.analysis;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyTables;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What the tables of one version mean together, over all proposals that its {@code Actions} and {@code Vocabulary} sheets
 * allow, all stages and all days. DRL can only make a verdict stricter, so it fills no gap; a row may still never matter
 * because DRL overrides it, which is not looked at.
 *
 * @param conclusions sorted as findings are
 */
public record Analysis(List<Conclusion> conclusions) {
    public Analysis {
        conclusions = List.copyOf(conclusions);
    }

    /** Everything that the analysis finds. Exact, unless a finding {@code analysis-incomplete} says where it is not. */
    public static Analysis of(PolicyTables tables) {
        return of(tables, Remainder.STEPS, Remainder.ALL_STEPS);
    }

    static Analysis of(PolicyTables tables, int stepsEach, long allSteps) {
        Space space = new Space(tables);
        Laws laws = new Laws(space);
        Report report = new Report(space);
        Inquiry inquiry = new Inquiry(space, laws, new Remainder(laws, stepsEach, allSteps), report);
        List<Region> live = NeverMatching.live(inquiry);
        Set<Region> overruled = Contradictions.report(inquiry, live);
        NeverDecisive.report(inquiry, live, overruled);
        Overlaps.report(inquiry, live);
        SkippedValues.report(inquiry, live);
        Gaps.report(inquiry, live);
        EvadableSafeguards.report(inquiry, live);
        Guarantees.report(inquiry, live);
        report.unknown(laws.unknown());
        return new Analysis(report.conclusions().stream()
                .sorted(Comparator.comparing(Conclusion::finding, Finding.ORDER))
                .toList());
    }

    /** The findings alone. */
    public List<Finding> findings() {
        return conclusions.stream().map(Conclusion::finding).toList();
    }
}
