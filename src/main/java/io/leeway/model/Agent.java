package io.leeway.model;

/**
 * Who proposes.
 *
 * @param operator who answers for the agent, {@code ""} when absent
 * @param onBehalfOf the principal it acts for, {@code ""} when absent
 * @param earned the stage for the proposed action type; derived by the lane, {@link Stage#SUPERVISED} before
 */
public record Agent(String id, String operator, String onBehalfOf, Stage earned) {
    /** The stage as text, which is how tables see it. */
    public String stage() {
        return earned.name();
    }
}
