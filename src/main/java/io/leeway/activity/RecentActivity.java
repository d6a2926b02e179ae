package io.leeway.activity;

import io.leeway.activity.KeptSeries.Keeping;
import io.leeway.activity.KeptSeries.Kept;
import io.leeway.activity.LastPermits.Last;
import io.leeway.activity.PriorPermits.Permit;
import io.leeway.activity.WindowSums.Question;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.ledger.PositionedId;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was lately done, as one transaction sees it: everything committed before it, and what it added itself. What it reads
 * and writes goes along with the ledger's own statements, and is nothing when no table asks. Not thread-safe.
 */
public final class RecentActivity {
    private final KeptSeries kept;
    private final FullJournals full;
    private final ActivityChanges changes;
    private final Journals journals;
    private final WindowSums sums;
    private final LastPermits last;
    private final PriorPermits prior;
    /** What this transaction added to sums so far, all of it at its own time: decisions, or money. */
    private final Map<UUID, BigDecimal> added = new HashMap<>();

    public RecentActivity(String realm, KeptSeries kept, FullJournals full) {
        this.kept = kept;
        this.full = full;
        this.changes = new ActivityChanges(realm);
        this.journals = new Journals(realm);
        this.sums = new WindowSums(realm);
        this.last = new LastPermits(realm);
        this.prior = new PriorPermits(realm);
    }

    /**
     * Reads what will be asked about these events, and where they will be added: to be sent with the lock of the transaction, or
     * later. What was not read so is read when it is asked for.
     *
     * @param queries what is asked about an action of a type
     */
    public List<Lookup> lookups(Collection<ActivityEvent> events, Function<String, Collection<ActivityQuery>> queries) {
        Set<Keeping> keepings = kept.journals(Instant.EPOCH).keySet();
        for (ActivityEvent event : events) {
            keepings.forEach(keeping -> {
                UUID key = keeping.key(event);
                if (key != null) {
                    journals.ask(key);
                }
            });
            queries.apply(event.actionType()).forEach(query -> ask(event, query));
        }
        return Stream.of(journals.lookups(), sums.lookups(), last.lookups(), prior.lookups())
                .flatMap(List::stream)
                .toList();
    }

    /** Notes what has to be read for one answer. */
    private void ask(ActivityEvent event, ActivityQuery query) {
        Kept series = kept.of(Series.of(query));
        if (series == null) {
            return;
        }
        UUID journal = journal(series, event);
        if (journal != null) {
            journals.ask(journal);
            if (!journals.isFull(journal) && !full.expects(journal)) {
                return;
            }
        }
        UUID key = series.series().key(series.since(), event);
        if (key == null) {
            return;
        }
        switch (query.measure()) {
            case COUNT, EXPOSURE -> sums.ask(new Question(key, query));
            case AGENTS, RECENTLY -> last.ask(key);
            case RETURNS, PRIOR -> prior.ask(key);
        }
    }

    /** Null when only the sums tell of it. */
    private static @Nullable UUID journal(Kept series, ActivityEvent event) {
        Keeping keeping = series.keeping();
        return keeping == null ? null : keeping.key(event);
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
        // Once more where a journal turns out to be full.
        for (int i = 0; i < 2; i++) {
            List<Lookup> missing = lookups(List.of(event), type -> queries);
            if (!missing.isEmpty()) {
                tx.lookUp(List.of(), missing);
            }
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
        WindowEvents told = told(journal(series, event), event, query, now);
        boolean summed = isSummed(series, event);
        return switch (query.measure()) {
            case COUNT -> number(told.count().add(sum(summed, key, query, now)));
            case EXPOSURE -> number(exposure(told, event, now).add(sum(summed, key, query, now)));
            case AGENTS ->
                number(BigDecimal.valueOf(permits(told, summed, key, now)
                        .map(Last::agent)
                        .filter(agent -> !agent.equals(event.agent()))
                        .distinct()
                        .count()));
            case RECENTLY ->
                named(
                        now,
                        permits(told, summed, key, now)
                                .max(Comparator.comparingLong(permit -> PositionedId.positionOf(permit.decision())))
                                .orElse(null));
            case RETURNS -> returns(now, event, prior(told, summed, key, now));
            case PRIOR -> named(now, event, prior(told, summed, key, now));
        };
    }

    /** Whether sums that were there before this transaction tell of it, too. */
    private boolean isSummed(Kept series, ActivityEvent event) {
        UUID journal = journal(series, event);
        return journal == null || journals.isFull(journal);
    }

    private WindowEvents told(@Nullable UUID journal, ActivityEvent event, ActivityQuery query, Instant now) {
        if (journal == null) {
            return WindowEvents.none(query);
        }
        if (journals.isFull(journal)) {
            full.found(journal);
        }
        return WindowEvents.of(journals.of(journal), query, event, now);
    }

    private BigDecimal sum(boolean summed, UUID key, ActivityQuery query, Instant now) {
        BigDecimal here = added.getOrDefault(key, BigDecimal.ZERO);
        return summed ? here.add(sums.of(new Question(key, query), now)) : here;
    }

    private static BigDecimal exposure(WindowEvents told, ActivityEvent event, Instant now) {
        return told.exposure(Objects.requireNonNull(event.money()).currency(), now);
    }

    private Stream<Last> permits(WindowEvents told, boolean summed, UUID key, Instant now) {
        return summed || last.knows(key)
                ? Stream.concat(
                        told.permits(), last.of(key, told.query().window().first(now)).stream())
                : told.permits();
    }

    private List<Permit> prior(WindowEvents told, boolean summed, UUID key, Instant now) {
        return Stream.concat(told.prior(), prior.of(key, summed, told.query(), now).stream())
                .sorted(Comparator.comparingLong(Permit::position).reversed())
                .limit(ActivityQuery.MOST_PRIOR)
                .toList();
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

    private static Activity.Before named(Instant now, @Nullable Last permit) {
        return permit == null
                ? Activity.Before.NOTHING
                : new Activity.Before(
                        BigDecimal.ONE,
                        List.of(PriorDecision.seen(
                                now,
                                permit.decision().toString(),
                                permit.agent(),
                                permit.actionType(),
                                permit.at(),
                                null,
                                false)));
    }

    /**
     * Remembers a decision for those after it, in this transaction and later ones.
     *
     * @param allowed what the agent may do by it
     */
    public void decided(Instant now, ActivityEvent event, UUID decision, Allowed allowed) {
        Set<Keeping> taken = new HashSet<>();
        kept.journals(now).forEach((keeping, ends) -> {
            UUID key = keeping.key(event);
            if (key == null || journals.add(key, JournalEvent.of(event, decision, now, allowed), ends)) {
                taken.add(keeping);
            }
        });
        for (Kept one : kept.all()) {
            UUID key = taken.contains(one.keeping()) ? null : one.series().key(one.since(), event);
            if (key != null) {
                addToSums(one.series(), key, now, event, decision, allowed);
            }
        }
    }

    private void addToSums(Series series, UUID key, Instant now, ActivityEvent event, UUID decision, Allowed allowed) {
        if (series.measure() == Measure.PRIOR) {
            if (allowed.isAnything()) {
                prior.add(series, key, Permit.of(event, decision, now));
            }
            return;
        }
        changes.add(series, key, now, event, decision, allowed);
        if (series.measure() == Measure.COUNT) {
            added.merge(key, BigDecimal.ONE, BigDecimal::add);
        } else if (series.measure() == Measure.EXPOSURE && allowed.isAnything() && event.money() != null) {
            added.merge(key, event.money().value(), BigDecimal::add);
        } else if (series.measure() != Measure.EXPOSURE && allowed.isAnything() && series.counts(event)) {
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
            LedgerTransaction tx, KeptSeries kept, ActivityEvent event, UUID decision, Instant decided, Instant expires)
            throws SQLException {
        Money money = event.money();
        if (money == null) {
            return;
        }
        Journals journals = new Journals(tx.realm());
        Map<Keeping, Long> kinds = kept.journals(tx.now());
        kinds.keySet().stream()
                .map(it -> it.key(event))
                .filter(it -> it != null)
                .forEach(journals::ask);
        tx.lookUp(List.of(), journals.lookups());
        Set<Keeping> taken = new HashSet<>();
        kinds.forEach((keeping, ends) -> {
            UUID key = keeping.key(event);
            if (key == null || journals.use(key, decision, ends)) {
                taken.add(keeping);
            }
        });
        ActivityChanges changes = new ActivityChanges(tx.realm());
        for (Kept one : kept.all()) {
            boolean summed = one.series().measure() == Measure.EXPOSURE && !taken.contains(one.keeping());
            UUID key = summed ? one.series().key(one.since(), event) : null;
            if (key != null) {
                changes.use(one.series(), key, decided, expires, money);
            }
        }
        journals.sendWith(tx);
        changes.sendWith(tx);
    }

    /** Hands over what is left to write; call once, before the commit. */
    public void writeWith(LedgerTransaction tx) {
        journals.sendWith(tx);
        changes.sendWith(tx);
        prior.sendWith(tx);
    }
}
