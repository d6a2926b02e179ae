package io.leeway.policy;

/** Names that rows and DRL rules may not bear, because answers use them for what stands above the policy. */
public final class RuleNames {
    private RuleNames() {}

    /** Whether answers name a stage or a stop so: {@code STAGE}, {@code STOP}, {@code STOP:<id>}. */
    public static boolean isTaken(String name) {
        return name.equals("STAGE") || name.equals("STOP") || name.startsWith("STOP:");
    }
}
