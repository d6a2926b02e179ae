package io.leeway.evidence;

import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a version answers otherwise than was recorded: the rules of which, on either side, the difference consists.
 *
 * <p>Of the stricter answer, those are the safeguards that ask for more than the more lenient answer does: each of them alone
 * would have been enough to keep it from being given. Where the stricter answer also lacked the authority, they are the
 * grants of the more lenient answer that give it. So a loosening is caused by recorded safeguards that no longer speak, or ask
 * for less, and by grants of the candidate; a tightening by safeguards of the candidate, and by recorded grants that no longer
 * speak, or grant less. A prohibition asks for more than any mode. Stage and stops are the same on both sides and cause
 * nothing. Where the action type or the currency is listed on one side alone, grants that both have count as that side's.
 *
 * @param rules never empty; those of the record first, each side in the order of the answer
 */
record Cause(Directive from, Directive to, List<CausingRule> rules) {
    Cause {
        rules = List.copyOf(rules);
    }

    /** @param candidate with another directive than was recorded */
    static Cause of(Verdict recorded, Verdict candidate) {
        boolean loosened = candidate.directive().compareTo(recorded.directive()) < 0;
        Verdict stricter = loosened ? recorded : candidate;
        Verdict lenient = loosened ? candidate : recorded;
        int bar = lenient.directive().ordinal();
        List<MatchedRule> withholding = stricter.matched().stream()
                .filter(rule -> rule.effect() != Effect.GRANT && strictness(rule) > bar)
                .toList();
        List<MatchedRule> giving = Authority.of(stricter).ordinal() <= bar
                ? List.of()
                : lenient.matched().stream()
                        .filter(rule ->
                                rule.effect() == Effect.GRANT && rule.mode().ordinal() <= bar)
                        .toList();
        List<CausingRule> rules = new ArrayList<>();
        (loosened ? withholding : giving).forEach(rule -> rules.add(CausingRule.of(CausingRule.Side.RECORDED, rule)));
        (loosened ? giving : withholding).forEach(rule -> rules.add(CausingRule.of(CausingRule.Side.CANDIDATE, rule)));
        return new Cause(recorded.directive(), candidate.directive(), rules);
    }

    /** On the scale of {@link Directive}, whose first three are the modes. */
    private static int strictness(MatchedRule rule) {
        return rule.effect() == Effect.PROHIBIT
                ? Directive.HALT.ordinal()
                : rule.mode().ordinal();
    }

    boolean isLoosening() {
        return to.compareTo(from) < 0;
    }

    /** The mode that goes with a directive where no stop is in scope. */
    static Mode mode(Directive directive) {
        return switch (directive) {
            case PROCEED -> Mode.AUTONOMOUS;
            case AWAIT_APPROVAL -> Mode.HUMAN_IN_THE_LOOP;
            case HAND_OVER, HALT -> Mode.HUMAN_IN_CONTROL;
        };
    }
}
