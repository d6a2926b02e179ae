package io.leeway.model;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One question about what was lately done, as a table or a guardrail asks it.
 *
 * @param text canonical spelling, {@code activity.count("agent", "PT10M")}; equal text means equal question
 * @param actionType what {@link Measure#RECENTLY} looks for; {@code ""} for the other measures
 */
public record ActivityQuery(String text, Measure measure, Scope scope, String actionType, ActivityWindow window) {
    /** How many of the last permits under one scope are told one by one, at most. */
    public static final int MOST_PRIOR = 20;

    /** What guardrails that look at {@link PriorDecision} ask: the last permits on the subject. */
    public static final ActivityQuery PRIOR = new ActivityQuery(
            "activity.prior(\"subject\")",
            Measure.PRIOR,
            Scope.SUBJECT,
            "",
            new ActivityWindow.Sliding(ActivityWindow.LONGEST));

    /** What is told of the activity. */
    public enum Measure {
        /** Decisions of any mode. */
        COUNT,
        /** Money of permits that were used, or still can be, in one currency. */
        EXPOSURE,
        /** Agents that got a permit. */
        AGENTS,
        /** Whether a permit for an action of one type was given. */
        RECENTLY,
        /** How often agents came back after another one, among the last {@link #MOST_PRIOR} permits and this action. */
        RETURNS,
        /** The last {@link #MOST_PRIOR} permits, one by one. */
        PRIOR
    }

    /** Whose activity. */
    public enum Scope {
        AGENT("agent"),
        AGENT_ACTION("agent+action"),
        SUBJECT("subject"),
        TRACE("trace"),
        /** The same agent, type, subject and attributes. */
        REPEAT("repeat");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        /** As paths spell it, {@code agent+action}. */
        public String word() {
            return word;
        }

        /** The scope that is spelled so. */
        public static Optional<Scope> of(String word) {
            return Stream.of(values()).filter(scope -> scope.word.equals(word)).findFirst();
        }

        /** Whether several agents can share it. */
        public boolean isShared() {
            return this == SUBJECT || this == TRACE;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ActivityQuery query && query.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
