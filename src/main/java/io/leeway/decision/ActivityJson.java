package io.leeway.decision;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonWriter;
import io.leeway.model.Activity;
import io.leeway.model.Money;
import io.leeway.model.PriorDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was lately done, in the facts of a record: for each question what was there before the action itself, so that whoever
 * has the ledger can count again. Left out where nothing was asked.
 */
final class ActivityJson {
    private ActivityJson() {}

    /** {@code "activity":{"activity.count(…)":{"before":"7"},…}}, canonical; nothing when nothing was asked. */
    static void write(JsonWriter out, Activity activity) {
        if (activity.before().isEmpty()) {
            return;
        }
        out.name("activity").beginObject();
        new TreeMap<>(activity.before()).forEach((query, before) -> {
            out.name(query).beginObject();
            out.member("before", before.number().toPlainString());
            if (!before.decisions().isEmpty()) {
                out.name("decisions").beginArray();
                before.decisions().forEach(decision -> write(out, decision));
                out.endArray();
            }
            out.endObject();
        });
        out.endObject();
    }

    private static void write(JsonWriter out, PriorDecision decision) {
        out.beginObject();
        out.member("action", decision.actionType()).member("agent", decision.agent());
        Money money = decision.money();
        if (money != null) {
            out.name("amount").beginObject();
            out.member("currency", money.currency())
                    .member("value", money.value().toPlainString());
            out.endObject();
        }
        out.name("at").value(decision.at()).member("id", decision.id());
        if (decision.sameTrace()) {
            out.name("sameTrace").value(true);
        }
        out.endObject();
    }

    /** @param now the time of the decision that these are the facts of */
    static Activity read(@Nullable JsonObject activity, Instant now) {
        if (activity == null) {
            return Activity.NONE;
        }
        Map<String, Activity.Before> before = new HashMap<>();
        for (String query : activity.members().keySet()) {
            JsonObject answer = activity.object(query);
            before.put(
                    query,
                    new Activity.Before(
                            new BigDecimal(answer.text("before")),
                            answer.objects("decisions", one -> decision(one, now))));
        }
        return new Activity(before);
    }

    private static PriorDecision decision(JsonObject one, Instant now) {
        JsonObject amount = one.optionalObject("amount");
        return PriorDecision.seen(
                now,
                one.text("id"),
                one.text("agent"),
                one.text("action"),
                one.time("at"),
                amount == null ? null : new Money(new BigDecimal(amount.text("value")), amount.text("currency")),
                one.members().containsKey("sameTrace"));
    }
}
