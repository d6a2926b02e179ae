package io.leeway.activity;

import io.leeway.ledger.Hashes;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.ActivityWindow;
import io.leeway.model.Buckets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the activity to answer questions that differ in nothing but the length of their windows.
 *
 * @param actionType {@code ""} unless only actions of one type count
 */
record Series(Measure measure, Scope scope, String actionType, Buckets buckets) {
    /** The longest calendar window, and a day for the zones. */
    private static final int LONGEST_CALENDAR = 93;

    static Series of(ActivityQuery query) {
        Buckets buckets = query.window().buckets();
        if (query.measure() == Measure.PRIOR || query.measure() == Measure.RETURNS) {
            // Single permits know their time: how it is cut only says for how long they are kept.
            return new Series(Measure.PRIOR, query.scope(), "", buckets.zone() == null ? Buckets.HOURS : buckets);
        }
        return new Series(query.measure(), query.scope(), query.actionType(), buckets);
    }

    /** How far back any of its windows can look, in seconds. */
    long reach() {
        if (buckets.zone() != null) {
            return LONGEST_CALENDAR * 86_400L;
        }
        return switch (buckets.seconds()) {
            case 1 -> 3_600;
            case 60 -> 86_400;
            default -> ActivityWindow.LONGEST.getSeconds();
        };
    }

    /** When no window reaches a bucket of that time any more, in seconds since 1970. */
    long ends(Instant time) {
        return time.getEpochSecond() + reach() + 2L * buckets.seconds();
    }

    /**
     * What the sums of one scope stand under.
     *
     * @param since where its keeping began
     * @return null when the event has no such scope, or moves no money where money is counted
     */
    @Nullable
    UUID key(long since, ActivityEvent event) {
        String value = event.scope(scope);
        boolean money = measure == Measure.EXPOSURE;
        if (value == null || (money && event.money() == null)) {
            return null;
        }
        String currency = event.money() == null || !money ? "" : event.money().currency();
        return hash(String.join(
                "\u0000",
                measure.name(),
                scope.name(),
                actionType,
                buckets.text(),
                Long.toString(since),
                value,
                currency));
    }

    /** Whose journal tells what the series tells: the subject's of what is repeated, too; null when none does. */
    @Nullable
    Scope journal() {
        return switch (scope) {
            case AGENT, AGENT_ACTION -> null;
            case SUBJECT, REPEAT -> Scope.SUBJECT;
            case TRACE -> Scope.TRACE;
        };
    }

    /** Whether a permit for the event is among those that it tells of. */
    boolean counts(ActivityEvent event) {
        return actionType.isEmpty() || actionType.equals(event.actionType());
    }

    /** Who counts once: the agent, or, where one type is looked for, whoever did it last. */
    UUID member(ActivityEvent event) {
        return measure == Measure.RECENTLY ? new UUID(0, 0) : hash(event.agent());
    }

    static UUID hash(String text) {
        ByteBuffer hash = ByteBuffer.wrap(Hashes.sha256(text.getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }
}
