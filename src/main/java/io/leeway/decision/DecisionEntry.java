package io.leeway.decision;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as its entry in the ledger holds it. What it came to stands in the header and outlives an erasure; facts and
 * result are read each time they are asked for, since most readers ask for one of them.
 *
 * @param header of the entry, read
 */
public record DecisionEntry(StoredEntry entry, JsonObject header) {
    /** The decision in that entry, which must be one. */
    public static DecisionEntry of(StoredEntry entry) {
        return new DecisionEntry(entry, entry.parsedHeader());
    }

    public long position() {
        return entry.position();
    }

    public UUID id() {
        return header.id("decisionId");
    }

    public String agent() {
        return header.text("agent");
    }

    public Mode mode() {
        return Mode.valueOf(header.text("mode"));
    }

    /** As it was answered. */
    public Directive directive() {
        return Directive.valueOf(header.text("directive"));
    }

    /** Whether the verdict bound anybody: what was answered is else not what the rules ask for. */
    public boolean isEnforced() {
        return DecisionRecord.isEnforced(header);
    }

    public Instant time() {
        return header.time("time");
    }

    public List<ReasonCode> reasonCodes() {
        return header.texts("reasonCodes", ReasonCode::valueOf);
    }

    /** As it was sent; null when the action has no amount. */
    public @Nullable Money amount() {
        JsonObject amount = header.optionalObject("amount");
        return amount == null ? null : new Money(new BigDecimal(amount.text("value")), amount.text("currency"));
    }

    /** The version that decided; null when none was active. Its name is {@code ""} once the facts are erased. */
    public Decision.@Nullable PolicyReference policy() {
        return DecisionRecord.policy(entry, header);
    }

    /** Whether a version decided. */
    public boolean hasPolicy() {
        return header.optionalText("policy") != null;
    }

    /**
     * The same as it stands at that time.
     *
     * @param consumed whether its permit was used
     */
    public RecordedDecision recorded(boolean consumed, Instant now) {
        return DecisionRecord.read(entry, consumed, now);
    }

    /** Whether facts and result are gone. */
    public boolean isErased() {
        return entry.facts() == null || entry.result() == null;
    }

    /**
     * What it was made on; null once erased.
     *
     * @throws IllegalStateException when the bytes are not what was recorded
     */
    public @Nullable RecordedFacts facts() {
        byte[] facts = entry.facts();
        return facts == null ? null : RecordedFacts.read(facts);
    }

    /**
     * The whole verdict; null once erased.
     *
     * @throws IllegalStateException when the bytes are not what was recorded
     */
    public @Nullable Verdict verdict() {
        byte[] result = entry.result();
        return result == null ? null : VerdictJson.read(result);
    }
}
