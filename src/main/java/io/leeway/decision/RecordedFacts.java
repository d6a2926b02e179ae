package io.leeway.decision;

import io.leeway.control.Stop;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.PolicyTables;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a decision was made on, read back from its record: {@link DecisionRecord#facts} the other way round. Nothing is checked
 * again, as nothing was recorded that was not.
 *
 * @param sent the proposal without anything derived
 * @param now the ledger's time at its position
 * @param stage what the agent had earned
 * @param depth causal depth in the trace
 * @param repeats earlier occurrences in the trace
 * @param activity what was lately done, as far as the version that decided asked
 * @param stops that were in scope, oldest first
 */
public record RecordedFacts(
        Proposal sent, Instant now, Stage stage, long depth, long repeats, Activity activity, List<StopInScope> stops) {
    public RecordedFacts {
        stops = List.copyOf(stops);
    }

    /** A stop that held the proposal. */
    public record StopInScope(UUID id, StopLevel level, String reason) {
        static StopInScope of(Stop stop) {
            return new StopInScope(stop.id(), stop.level(), stop.reason());
        }

        /** The level is left out where it is {@link StopLevel#HALT}, as it was when there was no other. */
        private static StopInScope read(JsonObject stop) {
            String level = stop.optionalText("level");
            return new StopInScope(
                    stop.id("id"), level == null ? StopLevel.HALT : StopLevel.valueOf(level), stop.text("reason"));
        }

        /** How hard the hardest of them holds; null when there is none. */
        public static @Nullable StopLevel hardest(List<StopInScope> stops) {
            return stops.stream()
                    .map(StopInScope::level)
                    .reduce(StopLevel::harder)
                    .orElse(null);
        }
    }

    /**
     * Reads the bytes.
     *
     * @throws IllegalStateException when they are not what was recorded
     */
    public static RecordedFacts read(byte[] facts) {
        JsonObject all = JsonReader.object(facts);
        JsonObject derived = all.object("derived");
        Instant now = derived.time("now");
        return new RecordedFacts(
                proposal(all.object("proposal")),
                now,
                Stage.valueOf(derived.text("stage")),
                derived.integer("depth"),
                derived.integer("repeats"),
                ActivityJson.read(derived.optionalObject("activity"), now),
                derived.objects("stops", StopInScope::read));
    }

    /** The proposal as the lane saw it under that version. */
    public Proposal proposal(PolicyTables tables) {
        return sent.at(now, stage, tables.requiredSchemas(sent.action().type()), depth, repeats, activity);
    }

    private static Proposal proposal(JsonObject body) {
        JsonObject agent = body.object("agent");
        JsonObject subject = body.object("subject");
        return new Proposal(
                action(body.object("action")),
                new Agent(agent.text("id"), text(agent, "operator"), text(agent, "onBehalfOf"), Stage.SUPERVISED),
                new Subject(subject.text("type"), subject.text("id"), attributes(subject.optionalObject("attributes"))),
                EvidenceSet.asSent(body.objects("evidence", RecordedFacts::evidence)),
                trace(body.optionalObject("trace")));
    }

    private static Action action(JsonObject action) {
        JsonObject amount = action.optionalObject("amount");
        Object confidence = action.members().get("confidence");
        return new Action(
                action.text("id"),
                action.text("type"),
                text(action, "summary"),
                amount == null ? null : new Money(new BigDecimal(amount.text("value")), amount.text("currency")),
                confidence == null ? null : (BigDecimal) value(confidence),
                (Boolean) action.members().get("reversible"),
                attributes(action.optionalObject("attributes")),
                text(action, "supersedes"));
    }

    private static Attributes attributes(@Nullable JsonObject attributes) {
        if (attributes == null) {
            return Attributes.NONE;
        }
        Map<String, Object> values = new HashMap<>();
        attributes.members().forEach((name, value) -> values.put(name, value(value)));
        return new Attributes(values);
    }

    /** Numbers as they are read from a body: decimals without trailing zeros. */
    private static Object value(Object value) {
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number).stripTrailingZeros();
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }

    private static Evidence evidence(JsonObject item) {
        String observed = item.optionalText("observedAt");
        return new Evidence(
                item.text("name"),
                text(item, "source"),
                observed == null ? null : OffsetDateTime.parse(observed).toInstant(),
                text(item, "schema"),
                item.texts("lineage", name -> name),
                text(item, "digest"));
    }

    private static Trace trace(@Nullable JsonObject trace) {
        if (trace == null) {
            return Trace.NONE;
        }
        String parent = trace.optionalText("parent");
        return new Trace(
                trace.text("id"),
                parent == null ? "" : UUID.fromString(parent).toString(),
                text(trace, "goal"),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private static String text(JsonObject object, String name) {
        String text = object.optionalText(name);
        return text == null ? "" : text;
    }
}
