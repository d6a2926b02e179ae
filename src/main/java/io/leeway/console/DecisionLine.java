package io.leeway.console;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedDecision;
import io.leeway.decision.RecordedFacts;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A decision in a list.
 *
 * @param sent null once erased
 */
record DecisionLine(RecordedDecision recorded, @Nullable Proposal sent) {
    static DecisionLine of(RecordedDecision recorded) {
        byte[] facts = recorded.facts();
        return new DecisionLine(
                recorded, facts == null ? null : RecordedFacts.read(facts).sent());
    }

    public Decision decision() {
        return recorded.decision();
    }

    public Verdict verdict() {
        return decision().verdict();
    }

    /** {@code account A-1001}; {@code ""} once erased. */
    public String subject() {
        return sent == null ? "" : sent.subject().type() + " " + sent.subject().id();
    }

    /** {@code 120.00 USD}; {@code ""} for none. */
    public String amount() {
        return sent == null ? "" : text(sent.action().money());
    }

    static String text(@Nullable Money money) {
        return money == null ? "" : money.text() + " " + money.currency();
    }

    /** Its position in the ledger, by which lists go on. */
    public long position() {
        Decision.Place place = decision().place();
        return place == null ? 0 : place.index();
    }
}
