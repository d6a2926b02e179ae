package io.leeway.evidence;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.evidence.Accountability.StageCap;
import io.leeway.model.Action;
import io.leeway.model.Directive;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.RuleSource;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.NearMisses;
import io.leeway.policy.explain.Phrases;
import io.leeway.policy.explain.RecordedCondition;
import io.leeway.policy.explain.RowReading;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The account of a decision in plain paragraphs, for somebody who reads it months later and was not there: what was asked and
 * answered, by whom; why; which stage and stops there were; what nearly happened; where it is recorded.
 */
final class Account {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy 'at' HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** How many near misses are told; the answer lists more. */
    private static final int TOLD = 5;

    private final Decision decision;
    private final Verdict verdict;
    private final String actionType;
    private final @Nullable RecordedFacts facts;
    private final Accountability accountability;
    private final WhyNot whyNot;

    Account(RecordedDecision recorded, @Nullable RecordedFacts facts, Accountability accountability, WhyNot whyNot) {
        this.decision = recorded.decision();
        this.verdict = decision.verdict();
        this.actionType = recorded.actionType();
        this.facts = facts;
        this.accountability = accountability;
        this.whyNot = whyNot;
    }

    String text() {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(asked() + " " + answered());
        paragraphs.add(why());
        paragraphs.add(controls());
        nearMisses(paragraphs);
        changes(paragraphs);
        paragraphs.add(whyNot.incomplete());
        paragraphs.add(record());
        return paragraphs.stream().filter(it -> !it.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private String asked() {
        StringBuilder text = new StringBuilder("On " + moment(decision.decidedAt()) + ", `"
                + accountability.proposedBy().subject() + "` proposed an action of the agent `" + accountability.agent()
                + "`");
        if (accountability.operator() != null) {
            text.append(", which `").append(accountability.operator()).append("` operates");
        }
        if (accountability.onBehalfOf() != null) {
            text.append(", on behalf of `").append(accountability.onBehalfOf()).append('`');
        }
        text.append(": `").append(actionType).append('`');
        if (facts != null) {
            text.append(what(facts.sent()));
        }
        return text.append('.').toString();
    }

    private static String what(Proposal sent) {
        Action action = sent.action();
        Money money = action.money();
        return (money == null ? "" : " of " + money.text() + " " + money.currency()) + " on "
                + sent.subject().type() + " `"
                + sent.subject().id() + "`"
                + (action.summary().isEmpty() ? "" : ", \u201c" + action.summary() + "\u201d");
    }

    private String answered() {
        return "The verdict was " + Phrases.mode(verdict.mode()) + ": "
                + (decision.enforced() ? meaning(verdict.directive()) : observed(verdict.directive())) + ".";
    }

    private String meaning(Directive directive) {
        return switch (directive) {
            case PROCEED -> "the agent could carry it out by itself, once, until " + moment(decision.validUntil());
            case AWAIT_APPROVAL -> "it had to be approved first" + approvers();
            case HAND_OVER -> "a person had to do it instead of the agent";
            case HALT -> "it was not to be carried out";
        };
    }

    private static String observed(Directive directive) {
        return "it was recorded and not enforced, as the caller's key was only observed, and the answer was to "
                + (directive == Directive.HALT ? "halt, as a stop was in scope" : "proceed, without a permit");
    }

    private String approvers() {
        return verdict.requires().isEmpty()
                ? ""
                : verdict.requires().stream()
                        .map(asked -> asked.quorum() + (asked.quorum() == 1 ? " person" : " people") + " of `"
                                + asked.group() + "`")
                        .collect(Collectors.joining(" and ", ", by ", ""));
    }

    private String why() {
        List<String> sentences = new ArrayList<>();
        for (MatchedRule rule : verdict.matched()) {
            RuleSource source = rule.source();
            if (rule.decisive() && source != null) {
                sentences.add(deciding(rule, source));
            }
        }
        if (sentences.isEmpty()) {
            sentences.add(whyRecorded());
        }
        String others = verdict.matched().stream()
                .filter(rule -> !rule.decisive() && rule.source() != null)
                .map(rule -> "`" + rule.rule() + "` (" + effect(rule) + ")")
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            sentences.add("These matched, too, and did not decide: " + others + ".");
        }
        return String.join(" ", sentences);
    }

    /** Without its record, a decision still has its codes. */
    private String whyRecorded() {
        return facts != null
                ? "Why: " + ended(verdict.reason())
                : "Why, by its codes: "
                        + verdict.reasonCodes().stream().map(Enum::name).collect(Collectors.joining(", ")) + ".";
    }

    private String deciding(MatchedRule rule, RuleSource source) {
        String table = rule.table() == null ? "The rule" : "In the table " + rule.table() + ", the row";
        return table + " `" + rule.rule() + "` (" + place(source)
                + (rule.owner() == null ? "" : ", owner " + rule.owner()) + ") " + effect(rule) + ": "
                + ended(rule.because())
                + conditions(rule);
    }

    private String conditions(MatchedRule rule) {
        RecordedFacts known = facts;
        return known == null || rule.conditions().isEmpty()
                ? ""
                : rule.conditions().stream()
                        .map(condition ->
                                RecordedCondition.of(condition, known.sent()).sentence())
                        .collect(Collectors.joining("; ", " Its conditions held: ", "."));
    }

    private static String place(RuleSource source) {
        return source.file()
                + (source.sheet() == null ? "" : " › " + source.sheet())
                + (source.range() == null ? "" : " › " + source.range());
    }

    private static String effect(MatchedRule rule) {
        return switch (rule.effect()) {
            case GRANT -> "grants " + Phrases.mode(rule.mode());
            case REQUIRE -> "requires " + Phrases.mode(rule.mode());
            case PROHIBIT -> "prohibits it";
        };
    }

    private String controls() {
        StageCap cap = accountability.stage();
        List<StopInScope> stops = accountability.stops();
        if (cap == null || stops == null) {
            return "";
        }
        String stage = "The agent was at stage " + cap.stage() + " for this type of action, ";
        if (cap.cap() == Mode.AUTONOMOUS) {
            stage += "which caps nothing.";
        } else {
            stage += "which asks for at least " + Phrases.mode(cap.cap()) + "; the rules alone gave "
                    + Phrases.mode(cap.rulesAlone())
                    + (cap.capped() ? ", so the stage made it stricter." : ", so the stage changed nothing.");
        }
        return stage + " "
                + (stops.isEmpty()
                        ? "No stop was in scope."
                        : stops.stream()
                                .map(stop -> "A stop"
                                        + (stop.level() == StopLevel.HALT ? "" : " that asks for approval of all")
                                        + " was in scope, " + stop.id() + ": \u201c" + ended(stop.reason())
                                        + "\u201d")
                                .collect(Collectors.joining(" ")));
    }

    private void nearMisses(List<String> paragraphs) {
        NearMisses misses = whyNot.nearMisses();
        if (misses == null) {
            return;
        }
        String text = misses.nearest().stream()
                .limit(TOLD)
                .map(RowReading::missSentence)
                .collect(Collectors.joining(". ", "", "."));
        int more = misses.all() - TOLD;
        paragraphs.add(
                misses.nearest().isEmpty()
                        ? "No other row came near to matching: each failed by more than one condition."
                        : "These rows failed by one condition only. " + text
                                + (more > 0 ? " And " + more + (more == 1 ? " other." : " others.") : ""));
    }

    private void changes(List<String> paragraphs) {
        Counterfactuals found = whyNot.counterfactuals();
        if (found == null) {
            return;
        }
        if (verdict.mode() == Mode.AUTONOMOUS) {
            paragraphs.add("There is no less strict mode.");
        } else if (found.changes().isEmpty()) {
            paragraphs.add(nothing(found));
        } else {
            paragraphs.add(found.changes().stream()
                    .map(Counterfactual::sentence)
                    .collect(Collectors.joining(". Or ", "It would have been ", ".")));
        }
    }

    private String nothing(Counterfactuals found) {
        if (!found.complete()) {
            return "No change that would have given a less strict mode was found.";
        }
        if (facts != null && StopInScope.hardest(facts.stops()) == StopLevel.HALT) {
            return "Under a stop, nothing that a caller changes gives a less strict mode.";
        }
        return "No change of up to " + Counterfactuals.MOST_FIELDS
                + " things that the caller could have changed would have given a less strict mode.";
    }

    private String record() {
        Decision.PolicyReference policy = accountability.policy();
        Decision.Place place = accountability.place();
        return (policy == null
                        ? "No policy version was active."
                        : "It was decided under the policy version " + policy.version()
                                + (policy.version().isEmpty() ? "" : " ") + "with the digest " + policy.digest() + ".")
                + (place == null
                        ? ""
                        : " It is entry " + place.index() + " of the ledger, with the leaf hash " + place.leafHash()
                                + ".");
    }

    /** What people wrote, ended as a sentence. */
    private static String ended(String text) {
        return text.matches("(?s).*[.!?]") ? text : text + ".";
    }

    private static String moment(Instant time) {
        return MOMENT.format(time);
    }
}
