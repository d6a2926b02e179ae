package io.leeway.policy.release;

import io.leeway.policy.analysis.Comparison.Meaning;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of files, and how far it has come.
 *
 * @param name {@code 2026-11-22.1}: the day (UTC) and a number
 * @param digest {@link io.leeway.policy.PolicyFile#digestOf} its files
 * @param author who proposed it
 * @param position of the entry that did
 * @param base what was active then; null when nothing was
 * @param baseGeneration the generation of that activation, 0 when nothing was active: what approvals are bound to
 * @param activatedAt when it last came into force; null when it never did
 * @param shadow whether it decides beside the active one, without effect
 * @param meaning who would get more leeway than by the base
 * @param obstacles what forbids its approval
 * @param approvals given for the present base, or for a return to it, oldest first
 */
public record PolicyVersion(
        String name,
        String digest,
        State state,
        String author,
        String message,
        Instant createdAt,
        long position,
        @Nullable String base,
        long baseGeneration,
        @Nullable Instant activatedAt,
        boolean shadow,
        Meaning meaning,
        Obstacles obstacles,
        List<Approval> approvals) {
    public PolicyVersion {
        approvals = List.copyOf(approvals);
    }

    /** Where a version stands. */
    public enum State {
        CANDIDATE,
        /** By as many people as it needs; its base may have moved since. */
        APPROVED,
        ACTIVE,
        /** Was active. */
        RETIRED
    }

    /**
     * What the check of a version found against it.
     *
     * @param errors findings of severity error, broken guarantees among them
     * @param uncovered grants and changed rows that no test matches
     */
    public record Obstacles(int errors, int brokenGuarantees, int failedTests, int uncovered) {
        static final Obstacles NONE = new Obstacles(0, 0, 0, 0);
    }

    /**
     * One person's consent.
     *
     * @param generation of the activation that it is to take the place of
     * @param coverageException why rows without a test are let pass; {@code ""} when they are not
     */
    public record Approval(String by, Instant at, String reason, String coverageException, long generation) {}

    /** How many people must agree before it may take the place of its base: nobody less gets more leeway, or one does. */
    public int approvalsNeeded() {
        return approvalsNeeded(meaning);
    }

    static int approvalsNeeded(Meaning meaning) {
        return isProvenNotLooser(meaning) ? 1 : 2;
    }

    /** Whether it is proven that nobody gets more leeway. */
    static boolean isProvenNotLooser(Meaning meaning) {
        return meaning == Meaning.EQUAL || meaning == Meaning.TIGHTER;
    }
}
