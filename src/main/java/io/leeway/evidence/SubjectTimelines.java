package io.leeway.evidence;

import io.leeway.control.StopScope;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RelatedDecisions;
import io.leeway.evidence.TimelineEvent.StopNote;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Reads;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Actor;
import io.leeway.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what happened to a subject, across agents and traces, out of the ledger. Records nothing. */
@ApplicationScoped
public class SubjectTimelines {
    private final RelatedDecisions related;
    private final Ledger ledger;

    SubjectTimelines(RelatedDecisions related, Ledger ledger) {
        this.related = related;
        this.ledger = ledger;
    }

    /**
     * A page of what happened.
     *
     * @param events in the order of the ledger, the newest last
     * @param last position up to which they go; null when nothing follows
     */
    public record Timeline(
            List<TimelineEvent> events, @Nullable Long last) {
        public Timeline {
            events = List.copyOf(events);
        }
    }

    /**
     * What happened to the subject after that position: decisions, uses of their permits, and stops that name the subject, with
     * what became of them. Nothing when the subject is not known. Blocks.
     *
     * @param agents only what these agents' decisions were and led to; empty for everything
     * @param after -1 for the first page
     * @param limit most that are looked at
     * @throws io.leeway.model.Refusal {@code LEDGER_UNAVAILABLE} when the ledger cannot be read
     */
    public Timeline read(Subject subject, Set<String> agents, long after, int limit) {
        try {
            List<Long> decisions = related.ofSubject(subject, agents, after, limit);
            List<Long> page = Stream.concat(decisions.stream(), related.eventsOf(subject, after, limit).stream())
                    .sorted()
                    .limit(limit)
                    .toList();
            return new Timeline(events(page, decisions, agents), page.size() < limit ? null : page.get(limit - 1));
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    private List<TimelineEvent> events(List<Long> page, List<Long> decisions, Set<String> agents) throws SQLException {
        Set<Long> decided = new HashSet<>(decisions);
        List<TimelineEvent> events = new ArrayList<>(
                related.read(page.stream().filter(decided::contains).toList(), SubjectTimelines::decision));
        ledger
                .entries(page.stream()
                        .filter(position -> !decided.contains(position))
                        .toList())
                .stream()
                .map(SubjectTimelines::event)
                .filter(event -> agents.isEmpty() || event.agent() != null && agents.contains(event.agent()))
                .forEach(events::add);
        events.sort(Comparator.comparingLong(TimelineEvent::position));
        return events;
    }

    private static TimelineEvent decision(DecisionEntry entry, @Nullable Instant consumedAt, Instant now) {
        RecordedFacts facts = entry.isErased() ? null : entry.facts();
        DecidedAction action = DecidedAction.of(entry, facts, consumedAt, now);
        return new TimelineEvent(
                action.position(),
                action.at(),
                entry.entry().kind(),
                action.by(),
                action.agent(),
                action.actionType(),
                action.id(),
                action.reason(),
                null,
                action);
    }

    private static TimelineEvent event(StoredEntry entry) {
        JsonObject header = entry.parsedHeader();
        JsonObject actor = header.object("actor");
        byte[] bytes = entry.facts();
        JsonObject facts = bytes == null ? null : JsonReader.object(bytes);
        String reason = facts == null ? null : facts.optionalText("reason");
        String decisionId = header.optionalText("decisionId");
        return new TimelineEvent(
                entry.position(),
                header.time("time"),
                entry.kind(),
                new Actor(actor.text("issuer"), actor.text("subject")),
                header.optionalText("agent"),
                header.optionalText("actionType"),
                decisionId == null ? null : UUID.fromString(decisionId),
                reason == null ? "" : reason,
                facts == null ? null : stop(facts),
                null);
    }

    /** Of the facts of a stop and of what becomes of it; null when these are others. */
    private static @Nullable StopNote stop(JsonObject facts) {
        JsonObject scope = facts.optionalObject("scope");
        String id = facts.optionalText("id");
        return scope == null || id == null
                ? null
                : new StopNote(UUID.fromString(id), StopScope.of(scope.text("kind"), scope.text("value")));
    }
}
