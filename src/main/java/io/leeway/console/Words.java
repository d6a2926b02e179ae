package io.leeway.console;

import io.leeway.control.StopScope;
import io.leeway.decision.DecisionState;
import io.leeway.evidence.AgentConfirmation;
import io.leeway.model.Directive;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import io.leeway.policy.explain.Phrases;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What pages call things: {@code verdict.mode.label} in templates. */
@TemplateExtension
final class Words {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Words() {}

    /** {@code Human in the loop}. */
    static String label(Mode mode) {
        String words = Phrases.mode(mode);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** As it is spelled in the API. */
    static String code(Mode mode) {
        return mode.name();
    }

    /** How the style sheet names it: {@code human-in-the-loop}. */
    static String style(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the verdict means for the agent. */
    static String consequence(Verdict verdict) {
        return switch (verdict.directive()) {
            case PROCEED -> "The agent may carry it out by itself, once.";
            case AWAIT_APPROVAL -> "The agent has to wait until it is approved" + approvers(verdict) + ".";
            case HAND_OVER -> "A person does it instead of the agent.";
            case HALT -> "Nobody does it now.";
        };
    }

    private static String approvers(Verdict verdict) {
        return verdict.requires().isEmpty()
                ? ""
                : verdict.requires().stream()
                        .map(asked ->
                                asked.quorum() + (asked.quorum() == 1 ? " person" : " people") + " of " + asked.group())
                        .collect(Collectors.joining(" and ", " by ", ""));
    }

    static String label(Directive directive) {
        return switch (directive) {
            case PROCEED -> "Proceed";
            case AWAIT_APPROVAL -> "Await approval";
            case HAND_OVER -> "Hand over";
            case HALT -> "Halt";
        };
    }

    static String label(DecisionState state) {
        return switch (state) {
            case OPEN -> "Open";
            case PENDING -> "Waits for approval";
            case APPROVED -> "Approved";
            case REJECTED -> "Rejected";
            case EXPIRED -> "Expired";
            case CANCELLED -> "Cancelled";
            case PERMITTED -> "Permitted, not used yet";
            case CONSUMED -> "Carried out";
            case HANDED_OVER -> "Handed to a person";
            case CLOSED -> "Closed";
        };
    }

    /** {@code requires human in the loop}. */
    static String does(MatchedRule rule) {
        return switch (rule.effect()) {
            case GRANT -> "grants " + Phrases.mode(rule.mode());
            case REQUIRE -> "requires at least " + Phrases.mode(rule.mode());
            case PROHIBIT -> "prohibits it";
        };
    }

    static String label(Stage stage) {
        return stage.name().substring(0, 1) + stage.name().substring(1).toLowerCase(Locale.ROOT);
    }

    static String label(StopLevel level) {
        return switch (level) {
            case HALT -> "Halt";
            case APPROVE_ALL -> "Approve all";
        };
    }

    static String label(AgentConfirmation.State state) {
        return switch (state) {
            case REQUESTED -> "Too early to tell";
            case CONFIRMED -> "Confirmed";
            case UNCONFIRMED -> "Not confirmed";
        };
    }

    /** What it does to what it holds. */
    static String effect(StopLevel level) {
        return switch (level) {
            case HALT -> "nothing of it is done";
            case APPROVE_ALL -> "nothing of it is done without a person’s approval";
        };
    }

    /** {@code agent billing-bot}. */
    static String shown(StopScope scope) {
        return (scope.kind().wire() + " " + scope.value()).strip();
    }

    static String label(StopScope.Kind kind) {
        return switch (kind) {
            case ALL -> "Everything";
            case AGENT -> "Agent";
            case ACTION -> "Type of action";
            case SUBJECT -> "Subject";
            case TRACE -> "Trace";
        };
    }

    /** {@code 23 Nov 2026, 07:24:12}, in UTC, which the page says once. */
    static String shown(Instant time) {
        return MOMENT.format(time);
    }

    /** As part of an address. */
    static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
