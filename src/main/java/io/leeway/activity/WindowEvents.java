package io.leeway.activity;

import io.leeway.activity.LastPermits.Last;
import io.leeway.activity.PriorPermits.Permit;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The events of a journal that lie in a window: what is asked of them is counted one by one. */
record WindowEvents(ActivityQuery query, List<JournalEvent> events) {
    /** What a journal tells of the window before now, and of the same action where repetitions are asked for. */
    static WindowEvents of(Collection<JournalEvent> journal, ActivityQuery query, ActivityEvent event, Instant now) {
        if (journal.isEmpty()) {
            return none(query);
        }
        long first = query.window().first(now);
        UUID repeat = query.scope() == Scope.REPEAT ? Series.hash(event.repeat()) : null;
        return new WindowEvents(
                query,
                journal.stream()
                        .filter(it -> query.window().buckets().of(it.at()) >= first)
                        .filter(it -> repeat == null || repeat.equals(it.repeat()))
                        .toList());
    }

    static WindowEvents none(ActivityQuery query) {
        return new WindowEvents(query, List.of());
    }

    BigDecimal count() {
        return BigDecimal.valueOf(events.size());
    }

    /** Money in that currency that was moved, or still can be. */
    BigDecimal exposure(String currency, Instant now) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JournalEvent event : events) {
            Money money = event.money();
            if (money != null && money.currency().equals(currency) && event.isExposed(now)) {
                sum = sum.add(money.value());
            }
        }
        return sum;
    }

    /** The permits, one by one. */
    Stream<Permit> prior() {
        return events.stream()
                .filter(it -> it.allowed().isAnything())
                .map(it -> new Permit(it.decision(), it.agent(), it.actionType(), it.at(), it.money(), it.trace()));
    }

    /** The permits, of the type that is looked for. */
    Stream<Last> permits() {
        String type = query.actionType();
        return events.stream()
                .filter(it -> it.allowed().isAnything() && (type.isEmpty() || type.equals(it.actionType())))
                .map(it -> new Last(
                        query.window().buckets().of(it.at()), it.decision(), it.agent(), it.actionType(), it.at()));
    }
}
