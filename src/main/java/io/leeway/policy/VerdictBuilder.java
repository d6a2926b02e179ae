package io.leeway.policy;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the consequence of a rule may say: the global {@code verdict} of decision tables in the Drools layout and of DRL.
 * Collects the words of one rule at a time; not thread-safe.
 */
public final class VerdictBuilder {
    private @Nullable String grant;
    private @Nullable String require;
    private String because = "";
    private @Nullable ApprovalRequirement approvers;
    private final List<Obligation> obligations = new ArrayList<>();
    private @Nullable Duration expires;

    /** Authority: this rule puts the action inside a remit, at that mode. Not for DRL. */
    public void grant(String mode) {
        grant = mode;
    }

    /** Safeguard: at least that mode. */
    public void require(String mode) {
        require = mode;
    }

    /** The sentence that people will read. */
    public void because(String sentence) {
        because = sentence;
    }

    /** Who may approve, and how many distinct people. */
    public void approvers(String group, int quorum) {
        approvers = new ApprovalRequirement(group, quorum);
    }

    /** {@link #approvers(String, int)} as stock decision tables pass it. */
    public void approvers(String group, String quorum) {
        approvers(group, Integer.parseInt(quorum.strip()));
    }

    /** An obligation for the caller. */
    public void oblige(String type, String value) {
        obligations.add(new Obligation(type, value));
    }

    /** How long an approval or a permit may live, ISO 8601. */
    public void expires(String duration) {
        expires = Duration.parse(duration);
    }

    public @Nullable String granted() {
        return grant;
    }

    public @Nullable String required() {
        return require;
    }

    public String reason() {
        return because;
    }

    public @Nullable ApprovalRequirement approvalRequirement() {
        return approvers;
    }

    public List<Obligation> obligations() {
        return List.copyOf(obligations);
    }

    public @Nullable Duration life() {
        return expires;
    }

    /** Forgets what the last rule said. */
    public void clear() {
        grant = null;
        require = null;
        because = "";
        approvers = null;
        obligations.clear();
        expires = null;
    }

    /** Reads a mode as cells spell it: {@code Autonomous}, {@code Human in the loop}, {@code Human in control}; null when it is none. */
    public static @Nullable Mode mode(String text) {
        return switch (text.strip()) {
            case "Autonomous" -> Mode.AUTONOMOUS;
            case "Human in the loop" -> Mode.HUMAN_IN_THE_LOOP;
            case "Human in control" -> Mode.HUMAN_IN_CONTROL;
            default -> null;
        };
    }

    /** A mode as cells spell it. */
    public static String words(Mode mode) {
        return switch (mode) {
            case AUTONOMOUS -> "Autonomous";
            case HUMAN_IN_THE_LOOP -> "Human in the loop";
            case HUMAN_IN_CONTROL -> "Human in control";
        };
    }
}
