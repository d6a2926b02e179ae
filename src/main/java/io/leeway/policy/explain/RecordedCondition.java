package io.leeway.policy.explain;

import io.leeway.model.MatchedCondition;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a matched rule as it was recorded, in words, whatever has become of the policy that it stood in: the words of
 * {@link ConditionReading}, or as it is spelled in the record when the vocabulary does not know its path any more.
 *
 * @param cell where its limit stands, {@code C12}; {@code ""} for a guardrail
 * @param found {@code `action.amount` is 620 USD}
 * @param asked {@code at most 500 USD}
 */
public record RecordedCondition(String cell, String found, String asked) {
    /** @param proposal as it was sent, for the currency of amounts */
    public static RecordedCondition of(MatchedCondition recorded, Proposal proposal) {
        return condition(recorded)
                .map(it -> new RecordedCondition(
                        it.cell(),
                        Phrases.found(it.path(), typed(it.path(), recorded.actual()), recorded.detail(), proposal),
                        Phrases.asked(it, proposal)))
                .orElseGet(() -> spelled(recorded));
    }

    /** {@code C12: `action.amount` is 620 USD, asked is at most 500 USD}. */
    public String sentence() {
        return (cell.isEmpty() ? "" : cell + ": ") + found + ", asked is " + asked;
    }

    private static Optional<Condition> condition(MatchedCondition recorded) {
        Operator operator = Operator.of(recorded.operator()).orElse(null);
        if (operator == null || !(Vocabulary.parse(recorded.path()) instanceof Vocabulary.Found found)) {
            return Optional.empty();
        }
        boolean list = operator == Operator.IN || operator == Operator.NOT_IN;
        Object limit = list ? List.of(recorded.limit().split(", ")) : typed(found.path(), recorded.limit());
        return limit == null
                ? Optional.empty()
                : Optional.of(new Condition(found.path(), operator, limit, recorded.cell()));
    }

    private static @Nullable Object typed(Path path, @Nullable String text) {
        if (text == null || path.type() == PathType.TEXT) {
            return text;
        }
        return path.type() == PathType.FLAG ? (Object) Boolean.valueOf(text) : new BigDecimal(text);
    }

    private static RecordedCondition spelled(MatchedCondition recorded) {
        String detail = recorded.detail() == null ? "" : ", " + recorded.detail();
        String actual = recorded.actual() == null ? "absent" : "`" + recorded.actual() + "`";
        return new RecordedCondition(
                recorded.cell(),
                "`" + recorded.path() + "` is " + actual + detail,
                recorded.operator() + " " + recorded.limit());
    }
}
