package io.leeway.api.events;

import io.leeway.control.Stops;
import io.leeway.decision.Consumption;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.JsonWriter;
import io.leeway.ledger.StoredEntry;
import io.leeway.security.Principal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger that somebody is told of.
 *
 * @param position in the ledger; its id
 * @param agent the one agent that it concerns; null when it may concern any
 * @param data JSON
 */
record LedgerEvent(long position, String type, @Nullable String agent, String data) {
    /** What is told of, and what it is called. */
    private static final Map<EntryKind, String> TYPES = Map.of(
            Stops.PLACED, "stop.placed",
            Stops.NARROWED, "stop.narrowed",
            Stops.RELEASED, "stop.released",
            Stops.DRILL, "drill.begun",
            Stops.DRILL_ENDED, "drill.ended",
            Consumption.KIND, "decision.consumed");

    private static final Map<String, String> BY_NAME = TYPES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(type -> type.getKey().name(), Map.Entry::getValue));

    static Set<EntryKind> kinds() {
        return TYPES.keySet();
    }

    static LedgerEvent of(StoredEntry entry) {
        JsonObject header = entry.parsedHeader();
        boolean decision = entry.kind().equals(Consumption.KIND.name());
        JsonWriter out = JsonWriter.plain(512).beginObject();
        if (decision) {
            out.member("actionType", header.text("actionType")).member("agent", header.text("agent"));
        }
        out.name("at").value(header.time("time"));
        if (decision) {
            out.member("decisionId", header.text("decisionId"));
        } else {
            stop(out, header, entry.facts());
        }
        out.name("position").value(entry.position());
        if (decision) {
            out.member("state", "CONSUMED");
        }
        return new LedgerEvent(
                entry.position(),
                BY_NAME.getOrDefault(entry.kind(), entry.kind()),
                header.optionalText("agent"),
                new String(out.endObject().toBytes(), StandardCharsets.UTF_8));
    }

    /** Once its facts are erased, only who did it and when is left to tell. */
    private static void stop(JsonWriter out, JsonObject header, byte @Nullable [] facts) {
        out.member("by", header.object("actor").text("subject"));
        if (facts == null) {
            return;
        }
        JsonObject known = JsonReader.object(facts);
        JsonObject first = known.optionalObject("first");
        String level = known.optionalText("level");
        if (first != null) {
            scope(out.name("first"), first);
        }
        out.member("id", known.text("id"));
        if (level != null) {
            out.member("level", level);
        }
        out.member("reason", known.text("reason"));
        scope(out.name("scope"), known.object("scope"));
    }

    private static void scope(JsonWriter out, JsonObject scope) {
        out.beginObject().member("kind", scope.text("kind"));
        out.member("value", scope.text("value")).endObject();
    }

    /** Whether it is that reader's business: what concerns any agent is everybody's. */
    boolean isFor(Principal reader) {
        return agent == null || reader.sees(agent);
    }
}
