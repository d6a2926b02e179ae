package io.leeway.console;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.evidence.Accountability;
import io.leeway.evidence.DecisionExplanation;
import io.leeway.evidence.WhyNot;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.counterfactual.Counterfactual;
import io.leeway.policy.counterfactual.Counterfactuals;
import io.leeway.policy.explain.NearMisses;
import io.leeway.policy.explain.Phrases;
import io.leeway.policy.explain.RowReading;
import io.leeway.policy.table.Excerpts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A decision with everything that its page shows.
 *
 * @param facts what it was made on; null once erased
 * @param rules those that spoke, in the order of the record
 */
record ExplainedDecision(
        RecordedDecision recorded,
        DecisionExplanation explanation,
        @Nullable RecordedFacts facts,
        List<RuleCard> rules) {
    /** Rows that are shown before the reader asks for the rest. */
    private static final int NEAR = 5;

    ExplainedDecision {
        rules = List.copyOf(rules);
    }

    /** @param files of the version that decided; empty when it is not stored here */
    static ExplainedDecision of(RecordedDecision recorded, DecisionExplanation explanation, List<PolicyFile> files) {
        byte[] bytes = recorded.facts();
        RecordedFacts facts = bytes == null ? null : RecordedFacts.read(bytes);
        Excerpts excerpts = new Excerpts(files);
        List<MatchedRule> matched = recorded.decision().verdict().matched();
        return new ExplainedDecision(
                recorded,
                explanation,
                facts,
                facts == null
                        ? List.of()
                        : matched.stream()
                                .map(rule -> RuleCard.of(rule, facts.sent(), excerpts))
                                .toList());
    }

    /** {@code billing.adjust on account A-1001}. */
    public String title() {
        return facts == null
                ? recorded.actionType()
                : recorded.actionType() + " on " + facts.sent().subject().type() + " "
                        + facts.sent().subject().id();
    }

    public Decision decision() {
        return recorded.decision();
    }

    public Verdict verdict() {
        return decision().verdict();
    }

    public Accountability accountability() {
        return explanation.accountability();
    }

    public @Nullable Proposal sent() {
        return facts == null ? null : facts.sent();
    }

    public String amount() {
        return facts == null ? "" : DecisionLine.text(facts.sent().action().money());
    }

    /** Whether it can be undone, as the agent says. */
    public String reversible() {
        Boolean said = facts == null ? null : facts.sent().action().reversible();
        return said == null ? "not stated" : said ? "yes" : "no";
    }

    /** What the domain says of the action, by name. */
    public Map<String, String> attributes() {
        Map<String, String> shown = new TreeMap<>();
        if (facts != null) {
            facts.sent()
                    .action()
                    .attributes()
                    .values()
                    .forEach((name, value) -> shown.put(
                            name, value instanceof BigDecimal number ? number.toPlainString() : value.toString()));
        }
        return shown;
    }

    /** Rules that brought the mode. */
    public List<RuleCard> deciding() {
        return rules.stream().filter(card -> card.rule().decisive()).toList();
    }

    /** Rules that spoke and did not decide. */
    public List<RuleCard> others() {
        return rules.stream().filter(card -> !card.rule().decisive()).toList();
    }

    /** Who answers for what decided. */
    public List<String> owners() {
        return accountability().decidedBy().stream()
                .map(Accountability.DecidingRule::owner)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    /** What the agent had seen. */
    public List<Seen> evidence() {
        if (facts == null) {
            return List.of();
        }
        EvidenceSet set = new EvidenceSet(facts.sent().evidence().items(), facts.now(), Map.of());
        return set.items().stream().map(item -> seen(item, set)).toList();
    }

    private Seen seen(Evidence item, EvidenceSet set) {
        BigDecimal age = set.ageSeconds(item);
        String words = item.observedAt() == null
                ? "undated"
                : age.equals(EvidenceSet.UNKNOWN_AGE)
                        ? "dated ahead of the clock"
                        : Phrases.age(age.setScale(0, RoundingMode.DOWN)) + " old";
        return new Seen(item, words, decidedOn(item.name()));
    }

    private boolean decidedOn(String evidence) {
        return rules.stream()
                .filter(card -> card.rule().decisive())
                .flatMap(card -> card.rule().conditions().stream())
                .anyMatch(condition -> condition.path().contains("(\"" + evidence + "\""));
    }

    /**
     * One piece of evidence.
     *
     * @param age {@code 3 h old}, when it was decided
     * @param decided whether a condition of a row that decided asks for it
     */
    record Seen(Evidence item, String age, boolean decided) {}

    /** What would have changed the verdict, a sentence each. */
    public List<String> changes() {
        Counterfactuals found = whyNot().counterfactuals();
        return found == null
                ? List.of()
                : found.changes().stream().map(Counterfactual::sentence).toList();
    }

    /** Why there are no {@link #changes}; {@code ""} when there are. */
    public String noChange() {
        Counterfactuals found = whyNot().counterfactuals();
        if (found == null || !found.changes().isEmpty()) {
            return "";
        }
        if (verdict().mode() == Mode.AUTONOMOUS) {
            return "There is no less strict mode.";
        }
        if (facts != null && StopInScope.hardest(facts.stops()) == StopLevel.HALT) {
            return "Under a stop, nothing that a caller changes gives a less strict mode.";
        }
        if (!found.complete()) {
            return "No change that would have given a less strict mode was found.";
        }
        return "No change of up to " + Counterfactuals.MOST_FIELDS
                + " things that the caller could have changed would have given a less strict mode.";
    }

    /** Rows that one condition kept from matching, the nearest first. */
    public List<String> nearMisses() {
        return misses().stream().limit(NEAR).toList();
    }

    /** The rest of them. */
    public List<String> moreNearMisses() {
        return misses().stream().skip(NEAR).toList();
    }

    private List<String> misses() {
        NearMisses found = whyNot().nearMisses();
        return found == null
                ? List.of()
                : found.nearest().stream().map(RowReading::missSentence).toList();
    }

    private WhyNot whyNot() {
        return explanation.whyNot();
    }

    /** What cannot be told and why; {@code ""} when nothing is left out. */
    public String incomplete() {
        return whyNot().incomplete();
    }

    /** The account as paragraphs. */
    public List<String> account() {
        return List.of(explanation.text().split("\n\n"));
    }
}
