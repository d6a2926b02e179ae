package io.leeway.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an agent proposes to do. The accessors without a prefix are the vocabulary's paths ({@code action.amount} is
 * {@link #amount()}), and speak for absent values as the semantics want it.
 *
 * @param id names the proposal together with the agent's id
 * @param summary one line for people, {@code ""} when absent
 * @param money amount and currency, null when the action moves no money
 * @param statedConfidence 0..1, null when the agent did not say
 * @param supersedes id of the action that this one replaces, {@code ""} when none
 */
public record Action(
        String id,
        String type,
        String summary,
        @Nullable Money money,
        @Nullable BigDecimal statedConfidence,
        @Nullable Boolean reversible,
        Attributes attributes,
        String supersedes) {

    /** The amount in {@link #currency()}, or null when absent. */
    public @Nullable BigDecimal amount() {
        return money == null ? null : money.value();
    }

    /** The currency, or {@code ""} when there is no amount. */
    public String currency() {
        return money == null ? "" : money.currency();
    }

    /** 0..1; unknown confidence counts as 0. */
    public BigDecimal confidence() {
        return statedConfidence == null ? BigDecimal.ZERO : statedConfidence;
    }

    /** A declared text attribute, {@code ""} when absent. */
    public String text(String name) {
        return attributes.text(name);
    }

    /** A declared number attribute, null when absent. */
    public @Nullable BigDecimal number(String name) {
        return attributes.number(name);
    }

    /** A declared flag attribute, null when absent. */
    public @Nullable Boolean flag(String name) {
        return attributes.flag(name);
    }
}
