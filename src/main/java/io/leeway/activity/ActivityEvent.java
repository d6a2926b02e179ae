package io.leeway.activity;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.Tags;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a decision makes it somebody's activity: nothing but what its header in the ledger tells, so that the ledger alone
 * is enough to count again.
 *
 * @param subject tag of the subject
 * @param trace tag of the trace; null when it belongs to none
 * @param repeat tag of what makes two actions the same
 * @param money null when the action moves none
 */
public record ActivityEvent(
        String agent,
        String actionType,
        String subject,
        @Nullable String trace,
        String repeat,
        @Nullable Money money) {

    /** As the header of a decision tells it. */
    public static ActivityEvent of(JsonObject header) {
        JsonObject tags = header.object("tags");
        JsonObject amount = header.optionalObject("amount");
        return new ActivityEvent(
                header.text("agent"),
                header.text("actionType"),
                tags.text(Tags.SUBJECT),
                tags.optionalText(Tags.TRACE),
                tags.text(Tags.REPEAT),
                amount == null ? null : new Money(new BigDecimal(amount.text("value")), amount.text("currency")));
    }

    /** What stands for the trace where many are kept: the first 128 bits of its tag. */
    @Nullable
    UUID traceKey() {
        return trace == null ? null : Traces.Step.start(trace);
    }

    /** What stands for the scope; null when there is none. */
    @Nullable
    String scope(Scope scope) {
        return switch (scope) {
            case AGENT -> agent;
            case AGENT_ACTION -> agent + "\u0000" + actionType;
            case SUBJECT -> subject;
            case TRACE -> trace;
            case REPEAT -> repeat;
        };
    }
}
