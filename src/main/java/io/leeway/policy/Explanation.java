package io.leeway.policy;

import io.leeway.model.ActivityQuery;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a rule that spoke into the words of the answer: where it stands, what it asked, what it found. */
public final class Explanation {
    /** Rule id under which the stage stands among the matched. */
    static final String STAGE = "STAGE";

    private Explanation() {}

    static MatchedRule of(Row row, Proposal proposal, boolean decisive) {
        Row.Outcome outcome = row.outcome();
        return new MatchedRule(
                row.id(),
                outcome.effect(),
                outcome.mode(),
                decisive,
                row.table(),
                outcome.because(),
                row.owner(),
                row.source(),
                row.conditions().stream()
                        .map(condition -> of(condition, proposal))
                        .toList());
    }

    static MatchedRule of(GuardrailMatch match, boolean decisive) {
        Row.Outcome outcome = match.outcome();
        return new MatchedRule(
                match.rule(),
                outcome.effect(),
                outcome.mode(),
                decisive,
                null,
                outcome.because(),
                match.owner(),
                match.source(),
                match.prior().isEmpty() ? List.of() : List.of(of(match.prior())));
    }

    /** What a guardrail found of prior decisions: a rule asks for any that fit, and here they are. */
    private static MatchedCondition of(List<PriorDecision> prior) {
        return new MatchedCondition(
                ActivityQuery.PRIOR.text(), ">=", "1", Integer.toString(prior.size()), ActivityPaths.named(prior), "");
    }

    static MatchedRule ofStage(Stage stage, String because, boolean decisive) {
        return new MatchedRule(STAGE, Effect.REQUIRE, stage.cap(), decisive, null, because, null, null, List.of());
    }

    /** What a condition asks of the proposal, and what it finds there; it need not hold. */
    public static MatchedCondition of(Condition condition, Proposal proposal) {
        Path path = condition.path();
        return new MatchedCondition(
                path.text(),
                condition.operator().symbol(),
                condition.limitText(),
                text(path.valueOf(proposal)),
                detail(path, proposal),
                condition.cell());
    }

    /** A value of a path as answers spell it: null for an absent number or flag, {@code ""} for an absent text. */
    public static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** For evidence: how old, or why it counts as stale whatever its age. For activity: what was there before. */
    private static @Nullable String detail(Path path, Proposal proposal) {
        if (path.activity() != null) {
            return ActivityPaths.detail(path.activity(), proposal);
        }
        Path.EvidenceAge age = path.evidenceAge();
        if (age == null) {
            return null;
        }
        EvidenceSet evidence = proposal.evidence();
        BigDecimal oldest = null;
        for (Evidence item : evidence.items()) {
            if (!item.name().equals(age.evidence())) {
                continue;
            }
            if (item.observedAt() == null) {
                return "undated";
            }
            BigDecimal seconds = evidence.ageSeconds(item);
            if (seconds.equals(EvidenceSet.UNKNOWN_AGE)) {
                return "dated in the future";
            }
            String schema = evidence.schemas().get(item.name());
            if (schema != null && !schema.equals(item.schema())) {
                return "schema `" + item.schema() + "`, not `" + schema + "`";
            }
            oldest = oldest == null ? seconds : oldest.max(seconds);
        }
        return oldest == null ? "missing" : oldest.setScale(0, RoundingMode.FLOOR) + " s old";
    }
}
