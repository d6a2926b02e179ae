package io.leeway.policy.analysis;

import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Remainder.TooLongException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What another version of the tables means: who gets more leeway than before, and who less, over every proposal, now and
 * whenever a row's life begins or ends. More leeway is a more lenient mode, something that is no longer prohibited, and the
 * loss of an approver, an obligation or a limit of a permit's life. Rules in DRL are left out, so it says nothing where they differ.
 *
 * @param looser one for each row and reason that gives more; empty proves that nobody gets more
 * @param tighter likewise
 */
public record Comparison(Meaning meaning, List<Difference> looser, List<Difference> tighter) {
    private static final Comparison UNPROVEN = new Comparison(Meaning.UNPROVEN, List.of(), List.of());

    public Comparison {
        looser = List.copyOf(looser);
        tighter = List.copyOf(tighter);
    }

    /** What the change is, as a whole. */
    public enum Meaning {
        EQUAL,
        TIGHTER,
        LOOSER,
        /** Looser for some, tighter for others. */
        BOTH,
        /** It would have taken too many steps to tell; or named days or rates that rows ask for differ, which are not compared. */
        UNPROVEN;

        /** What it is when some get more, or some get less. */
        public static Meaning of(boolean looser, boolean tighter) {
            return looser ? tighter ? BOTH : LOOSER : tighter ? TIGHTER : EQUAL;
        }
    }

    /**
     * More leeway for somebody.
     *
     * @param message what is now, and what was
     * @param rows of the version that gives more: those that give it; of the other: those that withheld it
     * @param witness a proposal that gets it, as the lane would show it to the rules; null when none can be made, as a row asks
     *     for what only recorded activity can show
     */
    public record Difference(
            String message, List<Row> rows, @Nullable Proposal witness) {
        public Difference {
            rows = List.copyOf(rows);
        }
    }

    /** Compares two versions. */
    public static Comparison of(PolicyTables before, PolicyTables after) {
        return of(before, after, Remainder.STEPS, Remainder.ALL_STEPS);
    }

    /** Whether a row of either asks for a path that begins so. */
    private static boolean ask(PolicyTables before, PolicyTables after, String path) {
        return Stream.of(before, after)
                .flatMap(it -> it.rows().stream())
                .flatMap(it -> it.conditions().stream())
                .anyMatch(it -> it.path().text().startsWith(path));
    }

    static Comparison of(PolicyTables before, PolicyTables after, int stepsEach, long allSteps) {
        boolean otherDays = !before.data().calendars().equals(after.data().calendars());
        boolean otherRates = !before.data().rates().equals(after.data().rates());
        if (otherDays && ask(before, after, "now.calendar(") || otherRates && ask(before, after, "action.amountIn(")) {
            return UNPROVEN;
        }
        try {
            List<Difference> looser = new Loosening(before, after, stepsEach, allSteps).differences();
            List<Difference> tighter = new Loosening(after, before, stepsEach, allSteps).differences();
            return new Comparison(Meaning.of(!looser.isEmpty(), !tighter.isEmpty()), looser, tighter);
        } catch (TooLongException e) {
            return UNPROVEN;
        }
    }
}
