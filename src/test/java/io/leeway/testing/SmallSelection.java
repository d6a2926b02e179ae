package io.leeway.testing;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small carrier selection, which the shipped policy leaves to the agent: the proposal that many tests send many times.
 *
 * @param action the action's id
 * @param subject a shipment's id
 */
public record SmallSelection(String action, String agent, String subject, String trace) {
    static final String TYPE = "carrier.select";
    static final String AGENT = "logistics-bot";

    private static final AtomicLong LAST = new AtomicLong(System.nanoTime());

    /** Nobody sent it before, and it shares nothing with another but the agent. */
    public static SmallSelection next() {
        return of(Long.toString(LAST.incrementAndGet()));
    }

    /** @param id what the ids of the action, the subject and the trace end with */
    static SmallSelection of(String id) {
        return new SmallSelection("sel-" + id, AGENT, "S-" + id, "tr-" + id);
    }

    public SmallSelection agent(String other) {
        return new SmallSelection(action, other, subject, trace);
    }

    public SmallSelection subject(String other) {
        return new SmallSelection(action, agent, other, trace);
    }

    public SmallSelection trace(String other) {
        return new SmallSelection(action, agent, subject, other);
    }

    /** The proposal, with evidence of this moment. */
    public String json() {
        return json("840.00");
    }

    /** @param amount decimal, in USD */
    public String json(String amount) {
        Instant now = Instant.now();
        return """
                {"action":{"id":"%s","type":"carrier.select","summary":"Book a carrier",
                 "amount":{"value":"%s","currency":"USD"},"confidence":0.97,"reversible":true,
                 "attributes":{"carrier":"NORTHLINE","hazardous":false}},
                 "agent":{"id":"%s","operator":"logistics-platform","onBehalfOf":"team:dispatch"},
                 "subject":{"type":"shipment","id":"%s"},
                 "evidence":[{"name":"carrier.quote","source":"carrier-gateway","observedAt":"%s","schema":"v1",
                  "lineage":["carrier-gateway"],"values":{"price":"840.00"}},
                  {"name":"safety-hold.status","source":"safety-system","observedAt":"%s","schema":"v1",
                  "lineage":["safety-system"],"values":{"held":"false"}}],
                 "trace":{"id":"%s","goal":"ship on time"}}
                """.formatted(action, amount, agent, subject, now.minusSeconds(300), now.minusSeconds(60), trace);
    }
}
