package io.leeway.activity;

import io.leeway.activity.KeptSeries.Kept;
import io.leeway.activity.LastPermits.Last;
import io.leeway.activity.PriorPermits.Permit;
import io.leeway.activity.WindowSums.Question;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was lately done, as one transaction sees it: everything committed before it, and what it added itself. What it reads
 * and writes goes along with the ledger's own statements, and is nothing when no table asks. Not thread-safe.
 */
public final class RecentActivity {
    private final KeptSeries kept;
    private final ActivityChanges changes;
    private final WindowSums sums;
    private final LastPermits last;
    private final PriorPermits prior;
    /** What this transaction added so far, all of it at its own time: decisions, or money. */
    private final Map<UUID, BigDecimal> added = new HashMap<>();

    public RecentActivity(String realm, KeptSeries kept) {
        this.kept = kept;
        this.changes = new ActivityChanges(realm);
        this.sums = new WindowSums(realm);
        this.last = new LastPermits(realm);
        this.prior = new PriorPermits(realm);
    }

    /**
     * Reads what will be asked about these events: to be sent with the lock of the transaction, or later. What was not read
     * so is read when it is asked for.
     *
     * @param queries what is asked about an action of a type
     */
    public List<Lookup> lookups(Collection<ActivityEvent> events, Function<String, Collection<ActivityQuery>> queries) {
        events.forEach(event -> queries.apply(event.actionType()).forEach(query -> ask(event, query)));
        List<Lookup> lookups = new ArrayList<>(sums.lookups());
        lookups.addAll(last.lookups());
        lookups.addAll(prior.lookups());
        return lookups;
    }

    /** Notes what has to be read for one answer. */
    private void ask(ActivityEvent event, ActivityQuery query) {
        Kept series = kept.of(Series.of(query));
        UUID key = series == null ? null : series.series().key(series.since(), event);
        if (key == null) {
            return;
        }
        switch (query.measure()) {
            case COUNT, EXPOSURE -> sums.ask(new Question(key, query));
            case AGENTS, RECENTLY -> last.ask(key);
            case RETURNS, PRIOR -> prior.ask(key);
        }
    }

    /**
     * What is answered to an event before it happens.
     *
     * @throws IllegalStateException when something is asked that is not kept
     */
    public Activity before(LedgerTransaction tx, ActivityEvent event, Collection<ActivityQuery> queries)
            throws SQLException {
        if (queries.isEmpty()) {
            return Activity.NONE;
        }
        List<Lookup> missing = lookups(List.of(event), type -> queries);
        if (!missing.isEmpty()) {
            tx.lookUp(List.of(), missing);
        }
        Map<String, Activity.Before> answers = new HashMap<>();
        for (ActivityQuery query : queries) {
            Activity.Before answer = answer(tx.now(), event, query);
            if (answer != null) {
                answers.put(query.text(), answer);
            }
        }
        return new Activity(answers);
    }

    /** Null for the exposure of an action that moves no money. */
    private Activity.@Nullable Before answer(Instant now, ActivityEvent event, ActivityQuery query) {
        Kept series = kept.of(Series.of(query));
        if (series == null || !series.filled()) {
            throw new IllegalStateException("`" + query.text() + "` is asked for and not kept");
        }
        UUID key = series.series().key(series.since(), event);
        if (key == null) {
            return query.measure() == Measure.EXPOSURE && event.money() == null ? null : Activity.Before.NOTHING;
        }
        return switch (query.measure()) {
            case COUNT, EXPOSURE ->
                number(sums.of(new Question(key, query), now).add(added.getOrDefault(key, BigDecimal.ZERO)));
            case AGENTS ->
                number(BigDecimal.valueOf(last.of(key, query.window().first(now)).stream()
                        .filter(permit -> !permit.agent().equals(event.agent()))
                        .count()));
            case RECENTLY -> named(now, last.of(key, query.window().first(now)));
            case RETURNS -> returns(now, event, prior.of(key, query, now));
            case PRIOR -> named(now, event, prior.of(key, query, now));
        };
    }

    private static Activity.Before number(BigDecimal number) {
        return new Activity.Before(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros(), List.of());
    }

    /** Which of them came back after another agent, newest first, and how many with whoever acts now. */
    private static Activity.Before returns(Instant now, ActivityEvent event, List<Permit> permits) {
        Returns returns = new Returns();
        List<PriorDecision> named = new ArrayList<>();
        for (int i = permits.size() - 1; i >= 0; i--) {
            if (returns.comesBack(permits.get(i).agent())) {
                named.add(0, permits.get(i).seenBy(event, now));
            }
        }
        int all = named.size() + (returns.comesBack(event.agent()) ? 1 : 0);
        return new Activity.Before(BigDecimal.valueOf(all), named);
    }

    private static Activity.Before named(Instant now, ActivityEvent event, List<Permit> permits) {
        return new Activity.Before(
                BigDecimal.valueOf(permits.size()),
                permits.stream().map(permit -> permit.seenBy(event, now)).toList());
    }

    private static Activity.Before named(Instant now, List<Last> permits) {
        return permits.isEmpty()
                ? Activity.Before.NOTHING
                : new Activity.Before(
                        BigDecimal.ONE,
                        permits.stream()
                                .map(it -> PriorDecision.seen(
                                        now,
                                        it.decision().toString(),
                                        it.agent(),
                                        it.actionType(),
                                        it.at(),
                                        null,
                                        false))
                                .toList());
    }

    /**
     * Remembers a decision for those after it, in this transaction and later ones.
     *
     * @param allowed what the agent may do by it
     */
    public void decided(Instant now, ActivityEvent event, UUID decision, Allowed allowed) {
        for (Kept one : kept.all()) {
            Series series = one.series();
            UUID key = series.key(one.since(), event);
            if (key == null) {
                continue;
            }
            if (series.measure() == Measure.COUNT) {
                changes.count(series, key, now);
                added.merge(key, BigDecimal.ONE, BigDecimal::add);
            } else if (allowed.isAnything()) {
                allowed(series, key, now, event, decision, allowed.expires());
            }
        }
    }

    private void allowed(
            Series series, UUID key, Instant now, ActivityEvent event, UUID decision, @Nullable Instant expires) {
        if (series.measure() == Measure.EXPOSURE) {
            Money money = Objects.requireNonNull(event.money());
            if (expires == null) {
                changes.spend(series, key, now, money);
            } else {
                changes.open(key, now, expires, money);
            }
            added.merge(key, money.value(), BigDecimal::add);
        } else if (series.measure() == Measure.PRIOR) {
            prior.add(series, key, Permit.of(event, decision, now));
        } else if (series.counts(event)) {
            changes.permit(series, key, event, decision, now);
            last.add(
                    key,
                    series.member(event),
                    new Last(series.buckets().of(now), decision, event.agent(), event.actionType(), now));
        }
    }

    /**
     * Remembers that a permit was used: its money stays counted beyond its end.
     *
     * @param decided when it was given
     */
    public static void consumed(
            LedgerTransaction tx, KeptSeries kept, ActivityEvent event, Instant decided, Instant expires) {
        Money money = event.money();
        if (money == null) {
            return;
        }
        ActivityChanges changes = new ActivityChanges(tx.realm());
        for (Kept one : kept.all()) {
            UUID key = one.series().measure() == Measure.EXPOSURE ? one.series().key(one.since(), event) : null;
            if (key != null) {
                changes.use(one.series(), key, decided, expires, money);
            }
        }
        changes.sendWith(tx);
    }

    /** Hands over what is left to write; call once, before the commit. */
    public void writeWith(LedgerTransaction tx) {
        changes.sendWith(tx);
        prior.sendWith(tx);
    }
}
