package io.leeway.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
    /** What {@link #ratio} calls the amount. */
    public static final String AMOUNT = "amount";

    /** How many places after the point a {@link #ratio} has. */
    public static final int RATIO_PLACES = 12;

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

    /**
     * One number divided by another: {@code amount} is the action's amount, any other name a declared number attribute.
     * Rounded to {@value #RATIO_PLACES} places after the point, half to even.
     *
     * @return null when one of them is absent, or the second is 0
     */
    public @Nullable BigDecimal ratio(String dividend, String divisor) {
        BigDecimal above = amountOrNumber(dividend);
        BigDecimal below = amountOrNumber(divisor);
        return above == null || below == null || below.signum() == 0
                ? null
                : above.divide(below, RATIO_PLACES, RoundingMode.HALF_EVEN);
    }

    private @Nullable BigDecimal amountOrNumber(String name) {
        return name.equals(AMOUNT) ? amount() : number(name);
    }

    /** A declared flag attribute, null when absent. */
    public @Nullable Boolean flag(String name) {
        return attributes.flag(name);
    }
}
