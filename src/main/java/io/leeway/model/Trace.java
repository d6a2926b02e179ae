package io.leeway.model;

import java.math.BigDecimal;

/**
 * The causal context of an action.
 *
 * @param id {@code ""} when the proposal belongs to no trace
 * @param parent decision id of the cause, {@code ""} when none
 * @param goal what the whole is for, {@code ""} when absent
 * @param depth causal depth: 0 without a parent, otherwise the parent's depth plus 1; derived by the lane
 * @param repeats how often the same action occurred in this trace before; derived by the lane
 */
public record Trace(String id, String parent, String goal, BigDecimal depth, BigDecimal repeats) {
    public static final Trace NONE = new Trace("", "", "", BigDecimal.ZERO, BigDecimal.ZERO);
}
