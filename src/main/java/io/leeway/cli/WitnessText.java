package io.leeway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.model.Action;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import io.leeway.policy.explain.Phrases;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A proposal that shows a finding: in one line, and as JSON that can be sent as it is. */
final class WitnessText {
    private WitnessText() {}

    /** {@code billing.refund, 120 USD, reversible, stage FULL, `charge.record` 2 min old}. */
    static String line(Proposal proposal) {
        Action action = proposal.action();
        List<String> parts = new ArrayList<>();
        parts.add(action.type().isEmpty() ? "no action type" : action.type());
        parts.add(action.money() == null ? "no amount" : plain(action.amount()) + " " + action.currency());
        if (action.statedConfidence() != null) {
            parts.add("confidence " + plain(action.statedConfidence()));
        }
        if (action.reversible() != null) {
            parts.add(action.reversible() ? "reversible" : "not reversible");
        }
        parts.addAll(attributes("", action.attributes()));
        parts.addAll(attributes("subject ", proposal.subject().attributes()));
        parts.add("stage " + proposal.agent().stage());
        for (Evidence item : proposal.evidence().items()) {
            String age = item.observedAt() == null
                    ? "undated"
                    : Phrases.age(proposal.evidence().ageSeconds(item)) + " old";
            parts.add("`" + item.name() + "` " + age + (item.schema().isEmpty() ? "" : ", schema " + item.schema()));
        }
        parts.add("at " + proposal.now());
        return String.join(", ", parts);
    }

    private static List<String> attributes(String of, Attributes attributes) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(attributes.values())
                .forEach((name, value) -> parts.add(
                        of + name + " " + (value instanceof BigDecimal number ? plain(number) : "`" + value + "`")));
        return parts;
    }

    /** The body of a request, and beside it what does not come from the caller. */
    static ObjectNode json(Proposal proposal) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("now", proposal.now().toString());
        node.put("stage", proposal.agent().stage());
        ObjectNode body = node.putObject("proposal");
        action(body.putObject("action"), proposal.action());
        ObjectNode agent = body.putObject("agent").put("id", proposal.agent().id());
        optional(agent, "operator", proposal.agent().operator());
        optional(agent, "onBehalfOf", proposal.agent().onBehalfOf());
        ObjectNode subject = body.putObject("subject")
                .put("type", proposal.subject().type())
                .put("id", proposal.subject().id());
        attributes(subject, proposal.subject().attributes());
        if (!proposal.evidence().items().isEmpty()) {
            var evidence = body.putArray("evidence");
            for (Evidence item : proposal.evidence().items()) {
                ObjectNode one = evidence.addObject().put("name", item.name());
                if (item.observedAt() != null) {
                    one.put("observedAt", item.observedAt().toString());
                }
                optional(one, "schema", item.schema());
            }
        }
        return node;
    }

    private static void action(ObjectNode node, Action action) {
        node.put("id", action.id()).put("type", action.type());
        if (action.money() != null) {
            node.putObject("amount").put("value", plain(action.amount())).put("currency", action.currency());
        }
        if (action.statedConfidence() != null) {
            node.put("confidence", action.statedConfidence());
        }
        if (action.reversible() != null) {
            node.put("reversible", action.reversible());
        }
        attributes(node, action.attributes());
    }

    private static void attributes(ObjectNode node, Attributes sent) {
        Map<String, Object> values = new TreeMap<>(sent.values());
        if (!values.isEmpty()) {
            ObjectNode attributes = node.putObject("attributes");
            values.forEach((name, value) -> {
                if (value instanceof BigDecimal number) {
                    attributes.put(name, number);
                } else if (value instanceof Boolean flag) {
                    attributes.put(name, flag);
                } else {
                    attributes.put(name, value.toString());
                }
            });
        }
    }

    private static void optional(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "none" : number.stripTrailingZeros().toPlainString();
    }
}
