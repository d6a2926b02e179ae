package io.leeway.control;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.StopLevel;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is recorded of stops. A header says by itself what is held and how hard: agent, action type or tags of the scope, none
 * of them for everything, and on a stop that is no {@link StopLevel#HALT} the mode that it caps at.
 */
final class StopEntries {
    private final Ledger ledger;

    StopEntries(Ledger ledger) {
        this.ledger = ledger;
    }

    EntryDraft placed(Actor actor, Stop stop) {
        Map<String, Object> facts = facts(stop, stop.reason());
        if (stop.level() != StopLevel.HALT) {
            facts.put("level", stop.level().name());
        }
        EntryDraft draft = in(stop.scope(), EntryDraft.of(stop.isDrill() ? Stops.DRILL : Stops.PLACED, actor))
                .facts(CanonicalJson.bytes(facts));
        return stop.level() == StopLevel.HALT ? draft : draft.mode(stop.level().cap());
    }

    /** Something that answers the stop as a whole. */
    EntryDraft answer(EntryKind kind, Actor actor, Stop stop, String reason) {
        return in(stop.scope(), EntryDraft.of(kind, actor))
                .ref(stop.position())
                .facts(CanonicalJson.bytes(facts(stop, reason)));
    }

    /** The header names the part alone: what is let go must be known without the facts. */
    EntryDraft narrowing(EntryKind kind, Actor actor, Stop stop, StopScope part, String reason) {
        Map<String, Object> facts = facts(stop, reason);
        facts.put("first", json(part));
        return in(part, EntryDraft.of(kind, actor)).ref(stop.position()).facts(CanonicalJson.bytes(facts));
    }

    private static Map<String, Object> facts(Stop stop, String reason) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("id", stop.id().toString());
        facts.put("reason", reason);
        facts.put("scope", json(stop.scope()));
        return facts;
    }

    private static Map<String, String> json(StopScope scope) {
        return Map.of("kind", scope.kind().wire(), "value", scope.value());
    }

    private EntryDraft in(StopScope scope, EntryDraft draft) {
        return switch (scope.kind()) {
            case ALL -> draft;
            case AGENT -> draft.agent(scope.value());
            case ACTION -> draft.actionType(scope.value());
            case SUBJECT -> draft.tags(subjectTags(scope));
            case TRACE -> draft.tags(Tags.NONE.with(Tags.TRACE, ledger.tag(Tags.TRACE, scope.value())));
        };
    }

    private Tags subjectTags(StopScope scope) {
        Tags bare = Tags.NONE.with(Tags.SUBJECT_ID, ledger.tag(Tags.SUBJECT_ID, scope.value()));
        return scope.typedSubject()
                .map(typed -> bare.with(Tags.SUBJECT, ledger.tag(Tags.SUBJECT, typed)))
                .orElse(bare);
    }
}
