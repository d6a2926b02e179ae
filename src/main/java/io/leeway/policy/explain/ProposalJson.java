package io.leeway.policy.explain;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Subject;
import io.leeway.policy.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A proposal as the JSON that it would be sent as. What does not come from the caller (the time, the stage, what was recorded
 * before) is not in it.
 */
public final class ProposalJson {
    private ProposalJson() {}

    /** The body of a request: objects as maps in the order of reading, numbers as {@link java.math.BigDecimal}. */
    public static Map<String, Object> of(Proposal proposal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action(proposal.action()));
        body.put("agent", agent(proposal.agent()));
        body.put("subject", subject(proposal.subject()));
        List<Evidence> items = proposal.evidence().items();
        if (!items.isEmpty()) {
            body.put("evidence", items.stream().map(ProposalJson::evidence).toList());
        }
        return body;
    }

    private static Map<String, Object> action(Action action) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", action.id());
        node.put("type", action.type());
        Money money = action.money();
        if (money != null) {
            String value = Numbers.normal(money.value()).toPlainString();
            Map<String, Object> amount = new LinkedHashMap<>();
            amount.put("value", value);
            amount.put("currency", money.currency());
            node.put("amount", amount);
        }
        if (action.statedConfidence() != null) {
            node.put("confidence", action.statedConfidence());
        }
        if (action.reversible() != null) {
            node.put("reversible", action.reversible());
        }
        attributes(node, action.attributes());
        return node;
    }

    private static Map<String, Object> agent(Agent agent) {
        Map<String, Object> node = new LinkedHashMap<>(Map.of("id", agent.id()));
        optional(node, "operator", agent.operator());
        optional(node, "onBehalfOf", agent.onBehalfOf());
        return node;
    }

    private static Map<String, Object> subject(Subject subject) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("type", subject.type());
        node.put("id", subject.id());
        attributes(node, subject.attributes());
        return node;
    }

    private static Map<String, Object> evidence(Evidence item) {
        Map<String, Object> node = new LinkedHashMap<>(Map.of("name", item.name()));
        if (item.observedAt() != null) {
            node.put("observedAt", item.observedAt().toString());
        }
        optional(node, "schema", item.schema());
        return node;
    }

    private static void attributes(Map<String, Object> node, Attributes attributes) {
        if (!attributes.values().isEmpty()) {
            node.put("attributes", new TreeMap<>(attributes.values()));
        }
    }

    private static void optional(Map<String, Object> node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }
}
